/* Checksums of files. */
#include "base/hash.h"

#include <sys/types.h>

#include <md5.h>
#include <sha2.h>

void hash_md5(struct slice s, char hex[HASH_MD5_HEX])
{
    MD5Data((const uint8_t *)s.s, s.n, hex);
}

void hash_sha256(struct slice s, char hex[HASH_SHA256_HEX])
{
    SHA256Data((const uint8_t *)s.s, s.n, hex);
}
