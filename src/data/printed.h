/* What a report prints of its data sets, for the checks of it. */
#ifndef RAP_DATA_PRINTED_H
#define RAP_DATA_PRINTED_H

#include "data/data.h"

/* A row of a data set with a key that stands in no table and no for-each. */
struct unprinted {
    struct slice name; /* "items/Y.4241": data set and key */
    const char *set;
    struct slice key;
    struct pos pos;
};

/* A date of a row that is printed, in a column of that type. */
struct printed_date {
    const char *column; /* "events.day" */
    struct date date;
    struct pos pos;
};

/* A date of the data, printed or not. */
struct latest {
    struct date date; /* year 0: there is none */
    struct pos pos;
};

/* In order of the report or of the data sets. Empty where a check is off. */
struct printed {
    struct unprinted *unprinted;
    uint32_t nunprinted;
    struct printed_date *outside; /* dates outside the report's period */
    uint32_t noutside;
    struct latest latest; /* of those that `stale-data` looks at */
};

#endif
