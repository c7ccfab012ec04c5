// SPDX-License-Identifier: EUPL-1.2
/* Addresses: where to listen, and who is there. */
#ifndef WSPOLNIE_HTTP_ADDRESS_H
#define WSPOLNIE_HTTP_ADDRESS_H

#include "platform/base/arena.h"
#include "platform/base/str.h"
#include <sys/socket.h>

enum { ADDRESS_TEXT_SIZE = 46 };

typedef struct Address {
    unsigned char bytes[16]; /* IPv6; an IPv4 address is mapped (RFC 4291, 2.5.5.2) */
} Address;

/* "127.0.0.1:8080", "[::1]:0", "localhost:8080". False: not a numeric address and a port. */
bool address_parse_listen(Str text, struct sockaddr_storage *socket_address, socklen_t *size);
bool address_parse(Str text, Address *address);
/* For who is known by another name than an address: the same name gives the same, different ones different ones, and
 * none that is anybody's in the internet. */
Address address_of_name(Str name);
Address address_of_socket(const struct sockaddr *socket_address);
bool address_equal(const Address *a, const Address *b);
size_t address_write(char text[ADDRESS_TEXT_SIZE], const Address *address);
unsigned address_port(const struct sockaddr_storage *socket_address);
/* What limits count by: a household or a phone has a /64 of IPv6 to itself. */
Address address_for_limits(const Address *address);

#endif
