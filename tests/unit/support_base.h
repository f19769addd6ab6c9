/* What the unit tests share: an arena for each test, a folder to play in. */
#ifndef RAP_TESTS_SUPPORT_BASE_H
#define RAP_TESTS_SUPPORT_BASE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"

/* *state is a struct arena. Its budget's jump is not set. */
int set_up_arena(void **state);
int tear_down_arena(void **state);

/* The same, and the test runs in an empty folder that goes away after it. */
int set_up_folder(void **state);
int tear_down_folder(void **state);

/* Write a file, its folders made as needed. */
void write_file(const char *path, const char *text);

/* The content of a file with a NUL after it; to be freed. */
char *read_file(const char *path);

/*
 * Be an ordinary user for a while, who owns the test's folder, where we are
 * root, whom no permission stops. Skips the test where that cannot be.
 */
void drop_root(void);
void regain_root(void);

/* The number of entries in a folder, hidden ones too. */
unsigned count_entries(const char *folder);

#endif
