/* Checksums of files. Home of <md5.h> and <sha2.h>. */
#ifndef RAP_BASE_HASH_H
#define RAP_BASE_HASH_H

#include "base/str.h"

enum { HASH_MD5_HEX = 32 + 1, HASH_SHA256_HEX = 64 + 1 };

/* In hexadecimal digits, a NUL after them. */
void hash_md5(struct slice s, char hex[HASH_MD5_HEX]);
void hash_sha256(struct slice s, char hex[HASH_SHA256_HEX]);

#endif
