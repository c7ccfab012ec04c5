// SPDX-License-Identifier: EUPL-1.2
/* A main for the fuzz targets where no fuzzer is at hand: gives each file named, and each file of
 * each folder named, to the target once. Built with sanitizers it is the regression test of a
 * corpus. With libFuzzer (clang -fsanitize=fuzzer) it is left out. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { LARGEST_BYTES = 1 << 20, LONGEST_PATH = 4096 };

static int replay_file(const char *path) {
    FILE *file = fopen(path, "rb");
    uint8_t *room = malloc(LARGEST_BYTES);
    if (!file || !room) {
        perror(path);
        if (file) fclose(file);
        free(room);
        return 0;
    }
    size_t size = fread(room, 1, LARGEST_BYTES, file);
    fclose(file);
    /* A block of just that size, so that the sanitizer sees a read past its end. */
    uint8_t *data = realloc(room, size ? size : 1);
    if (data) LLVMFuzzerTestOneInput(data, size);
    free(data ? data : room);
    return data != NULL;
}

static int replay_folder(const char *path) {
    DIR *folder = opendir(path);
    if (!folder) {
        perror(path);
        return 0;
    }
    int count = 0;
    for (const struct dirent *entry; (entry = readdir(folder));) {
        char inside[LONGEST_PATH];
        if (entry->d_name[0] == '.') continue;
        if ((size_t)snprintf(inside, sizeof inside, "%s/%s", path, entry->d_name) < sizeof inside)
            count += replay_file(inside);
    }
    closedir(folder);
    return count;
}

int main(int argc, char **argv) {
    int count = 0;
    for (int i = 1; i < argc; i++) {
        struct stat status;
        if (stat(argv[i], &status) == 0 && S_ISDIR(status.st_mode))
            count += replay_folder(argv[i]);
        else
            count += replay_file(argv[i]);
    }
    printf("%d inputs\n", count);
    return count ? 0 : 1;
}
