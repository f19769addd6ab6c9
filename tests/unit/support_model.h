/* What the tests of src/model share: read a report from a text. */
#ifndef RAP_TESTS_SUPPORT_MODEL_H
#define RAP_TESTS_SUPPORT_MODEL_H

#include "support_load.h"

#include "model/profile.h"

/* The facts that every report needs, and a profile without a file. */
#define FACTS "report: {title: T, language: en}\nprofile: {}\n"

/* Read a whole report. */
struct report *read_report(struct load *l, const char *yaml);

/* The same with settings of the command line. */
struct report *read_with(
    struct load *l, const char *yaml, const char *const *sets);

/* Nothing but these messages, as short_messages has them. */
void assert_messages(struct load *l, const char *wanted);

void assert_slice(struct slice s, const char *wanted);

#endif
