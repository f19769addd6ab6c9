/* Inside data: CSV and TSV files, read row by row for whoever wants them. */
#ifndef RAP_DATA_CSV_INT_H
#define RAP_DATA_CSV_INT_H

#include "data/data.h"

/* How a file is written. */
struct csv_form {
    char separator; /* '\0': a tab in *.tsv, a comma in others */
    const char *hint; /* how to say that it is a ';', for messages */
};

/* What takes the rows of a file. */
struct csv_sink {
    void *to;
    /* Is a name of the first row one that is looked for? */
    bool (*wants)(void *to, struct slice name);
    /* All names, each another; false: reported, the rows are not wanted. */
    bool (*header)(
        void *to, const struct slice *names, uint32_t n, struct pos at);
    /*
     * Field number i, from 0, of the row that begins at `row`; its bytes may be
     * changed, but go with the call.
     */
    void (*field)(void *to, uint32_t i, char *s, size_t n, struct pos row);
    /*
     * The row is whole; false: no further one is wanted. A row that is not is
     * reported, and its fields are followed by those of the next.
     */
    bool (*row)(void *to, struct pos at);
};

/*
 * Read the file of that number; false if it was reported as no proper CSV, or
 * the sink wants no more.
 */
bool csv_read(const struct load *l, uint32_t number,
    const struct csv_form *form, const struct csv_sink *sink);

/* The character between cells that a form means for a file. */
char csv_separator(const struct csv_form *form, const char *path);

/* The place of field i of the row that begins at `row`, of a sound file. */
struct pos csv_field_pos(
    const struct files *files, struct pos row, uint32_t i, char separator);

/* Is a cell short enough? Reported at its row if not. */
bool csv_check_cell(
    const struct load *l, struct slice name, size_t n, struct pos row);

/* Lines in a file: it has no more rows. */
uint32_t csv_lines(const struct source *file);

#endif
