/* hash.c: checksums as other programs give them. */
#include "support_base.h"

#include "base/hash.h"

#include <string.h>

static void known_texts(void **state)
{
    char md5[HASH_MD5_HEX], sha[HASH_SHA256_HEX];
    (void)state;
    hash_md5(SLICE("abc"), md5);
    hash_sha256(SLICE("abc"), sha);
    assert_string_equal(md5, "900150983cd24fb0d6963f7d28e17f72");
    assert_string_equal(sha,
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    hash_sha256((struct slice){NULL, 0}, sha);
    assert_string_equal(sha,
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(known_texts)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
