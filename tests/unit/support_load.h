/* What the tests of src/load share: load a text, print nodes and messages. */
#ifndef RAP_TESTS_SUPPORT_LOAD_H
#define RAP_TESTS_SUPPORT_LOAD_H

#include "support_base.h"

#include "load/load.h"

/* What load_file needs, in arena a, with the limits' defaults. */
struct load *new_load(struct arena *a);

/* Load a text as the report; NULL as load_file has it. */
struct node *load_string(struct load *l, const char *yaml);
struct node *load_bytes(struct load *l, const char *yaml, size_t n);

/* Load a file of the folder that the test runs in. */
struct node *load_path_of(struct load *l, const char *path);

/*
 * Nodes on one line, as YAML's flow style with all texts in quotes; a bad one
 * has a '!' before it.
 */
const char *dump_node(struct load *l, const struct node *n);

/* All messages so far, as the command prints them. */
const char *messages(struct load *l);

/* The same in short, without the files' name: "3:1: text [name]\n…". */
const char *short_messages(struct load *l);

#endif
