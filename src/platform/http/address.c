// SPDX-License-Identifier: EUPL-1.2
#include "platform/http/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sodium.h>

static const unsigned char mapped_prefix[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

static bool is_mapped(const Address *address) {
    return memcmp(address->bytes, mapped_prefix, sizeof mapped_prefix) == 0;
}

static Address mapped(const struct in_addr *v4) {
    Address address;
    memcpy(address.bytes, mapped_prefix, sizeof mapped_prefix);
    memcpy(address.bytes + sizeof mapped_prefix, v4, sizeof *v4);
    return address;
}

bool address_parse(Str text, Address *address) {
    char copy[ADDRESS_TEXT_SIZE];
    if (!text.size || text.size >= sizeof copy) return false;
    memcpy(copy, text.data, text.size);
    copy[text.size] = '\0';
    struct in_addr v4;
    if (inet_pton(AF_INET, copy, &v4) == 1) {
        *address = mapped(&v4);
        return true;
    }
    struct in6_addr v6;
    if (inet_pton(AF_INET6, copy, &v6) != 1) return false;
    memcpy(address->bytes, &v6, sizeof address->bytes);
    return true;
}

Address address_of_socket(const struct sockaddr *socket_address) {
    Address address = {0};
    if (socket_address->sa_family == AF_INET)
        return mapped(&((const struct sockaddr_in *)(const void *)socket_address)->sin_addr);
    if (socket_address->sa_family == AF_INET6)
        memcpy(address.bytes, &((const struct sockaddr_in6 *)(const void *)socket_address)->sin6_addr,
               sizeof address.bytes);
    return address;
}

Address address_of_name(Str name) {
    enum { NETWORK_BYTES = 8, UNIQUE_LOCAL = 0xfd }; /* RFC 4193: nobody comes from there over the internet */
    Address address = {0};
    unsigned char hash[crypto_generichash_BYTES_MIN];
    crypto_generichash(hash, sizeof hash, (const unsigned char *)name.data, name.size, NULL, 0);
    memcpy(address.bytes, hash, NETWORK_BYTES);
    address.bytes[0] = UNIQUE_LOCAL;
    return address;
}

bool address_equal(const Address *a, const Address *b) { return memcmp(a->bytes, b->bytes, sizeof a->bytes) == 0; }

size_t address_write(char text[ADDRESS_TEXT_SIZE], const Address *address) {
    bool v4 = is_mapped(address);
    const void *bytes = v4 ? address->bytes + sizeof mapped_prefix : address->bytes;
    return inet_ntop(v4 ? AF_INET : AF_INET6, bytes, text, ADDRESS_TEXT_SIZE) ? strlen(text) : 0;
}

unsigned address_port(const struct sockaddr_storage *socket_address) {
    const void *bytes = socket_address;
    if (socket_address->ss_family == AF_INET6) return ntohs(((const struct sockaddr_in6 *)bytes)->sin6_port);
    return ntohs(((const struct sockaddr_in *)bytes)->sin_port);
}

Address address_for_limits(const Address *address) {
    Address network = *address;
    if (!is_mapped(address)) memset(network.bytes + 8, 0, 8);
    return network;
}

bool address_parse_listen(Str text, struct sockaddr_storage *socket_address, socklen_t *size) {
    size_t colon = text.size;
    while (colon > 0 && text.data[colon - 1] != ':') colon--;
    int64_t port;
    if (colon < 2 || !str_to_int(str_skip(text, colon), &port) || port < 0 || port > 65535) return false;
    Str host = str_slice(text, 0, colon - 1);
    bool brackets = host.size > 2 && host.data[0] == '[' && host.data[host.size - 1] == ']';
    if (brackets) host = str_slice(host, 1, host.size - 2);
    else if (str_contains(host, STR(":"))) return false;
    if (str_equal(host, STR("localhost"))) host = STR("127.0.0.1");
    Address address;
    if (!address_parse(host, &address)) return false;
    *socket_address = (struct sockaddr_storage){0};
    void *bytes = socket_address;
    if (is_mapped(&address) && !brackets) {
        struct sockaddr_in *v4 = bytes;
        *v4 = (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
        memcpy(&v4->sin_addr, address.bytes + sizeof mapped_prefix, sizeof v4->sin_addr);
        *size = sizeof *v4;
    } else {
        struct sockaddr_in6 *v6 = bytes;
        *v6 = (struct sockaddr_in6){.sin6_family = AF_INET6, .sin6_port = htons((uint16_t)port)};
        memcpy(&v6->sin6_addr, address.bytes, sizeof v6->sin6_addr);
        *size = sizeof *v6;
    }
    return true;
}
