/* Fixtures of the unit tests. */
#define _XOPEN_SOURCE 700
#include "support_base.h"

#include <dirent.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct arena_budget budget;
static char folder[] = "/tmp/rapporteur-test-XXXXXX", *start;

int set_up_arena(void **state)
{
    *state = arena_new(&budget);
    return *state ? 0 : -1;
}

int tear_down_arena(void **state)
{
    arena_free(*state);
    return 0;
}

int set_up_folder(void **state)
{
    memcpy(folder + sizeof folder - 7, "XXXXXX", 6);
    start = getcwd(NULL, 0);
    if (!start || !mkdtemp(folder) || chdir(folder) != 0)
        return -1;
    return set_up_arena(state);
}

static int remove_entry(
    const char *path, const struct stat *st, int type, struct FTW *where)
{
    (void)st;
    (void)type;
    (void)where;
    return remove(path);
}

int tear_down_folder(void **state)
{
    tear_down_arena(state);
    int result = chdir(start);
    free(start);
    return nftw(folder, remove_entry, 16, FTW_DEPTH | FTW_PHYS) | result;
}

void write_file(const char *path, const char *text)
{
    char part[256];
    for (const char *p = strchr(path + 1, '/'); p; p = strchr(p + 1, '/')) {
        snprintf(part, sizeof part, "%.*s", (int)(p - path), path);
        mkdir(part, 0777);
    }
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(text, 1, strlen(text), f), strlen(text));
    assert_int_equal(fclose(f), 0);
}

char *read_file(const char *path)
{
    FILE *f = fopen(path, "rb");
    assert_non_null(f);
    char *text = NULL;
    size_t room = 0;
    if (getdelim(&text, &room, '\0', f) < 0)
        text[0] = '\0';
    fclose(f);
    return text;
}

static uid_t own;

void drop_root(void)
{
    enum { NOBODY = 65534 };
    own = geteuid();
    if (own == 0 && (chmod(".", 0777) != 0 || seteuid(NOBODY) != 0))
        skip();
}

void regain_root(void)
{
    assert_int_equal(seteuid(own), 0);
}

unsigned count_entries(const char *path)
{
    DIR *dir = opendir(path);
    assert_non_null(dir);
    unsigned n = 0;
    for (const struct dirent *e = readdir(dir); e; e = readdir(dir))
        n += strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0;
    closedir(dir);
    return n;
}
