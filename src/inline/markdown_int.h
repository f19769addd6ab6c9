/* Inside inline: one Markdown text being parsed. */
#ifndef RAP_MARKDOWN_INT_H
#define RAP_MARKDOWN_INT_H

#include "inline/inline_int.h"

/* Lists and items of them, and quotes, around what is being parsed. */
enum frame_kind { FRAME_ROOT, FRAME_LIST, FRAME_ITEM, FRAME_QUOTE };

/* A list of 16 levels takes two each; quotes count as levels. */
enum { FRAMES = 2 * 16 + 2 };

struct frame {
    uint8_t kind; /* enum frame_kind */
    struct block_list *out; /* ROOT, ITEM, QUOTE: where blocks go */
    struct block_list own;
    struct list_doc *list; /* LIST */
    size_t items_cap;
    int64_t number; /* LIST: of its next item */
};

/* A link that is open. */
struct open_link {
    uint32_t md; /* where it begins, in what md4c sees */
    uint32_t first; /* the builder's next span when it began */
    size_t begin; /* … and the length of its text */
    uint32_t link; /* index in doc.links, or 0 */
    uint16_t lang; /* of the text around it */
    bool bracket; /* [text](address), else <address> */
    struct slice href, title;
};

struct md {
    struct resolver *in;
    struct builder *b;
    struct md_text *mt;
    const struct text *text;
    bool blocks; /* blocks may stand in it */
    struct nest nest;
    uint32_t cursor; /* just after the last text, in what md4c sees */
    uint8_t style; /* of the text around it: enum span_style */
    unsigned strong, emphasis, code; /* open spans */
    unsigned images, links;
    struct open_link link; /* the outermost */
    bool html; /* the last text was HTML */
    bool html_told;
    bool refused; /* inside a block that may not stand here … */
    bool refused_told;
    enum diag_id refused_id;
    /* the paragraph */
    bool open; /* a paragraph is being built */
    bool fresh; /* no text of it so far */
    uint32_t nvalues; /* of it */
    bool others; /* it has more than one value */
    bool definition; /* the mark that comes next begins one, which was told */
    uint32_t piece; /* its last value */
    struct code_lines lines; /* the code block's; b NULL: none is open */
    uint32_t fence; /* where it begins */
    struct frame frames[FRAMES];
    unsigned nframes;
    bool stopped; /* nested too deeply */
};

/* Report at byte `at` of what md4c sees. */
void inline_md_tell(struct md *m, enum diag_id id, uint32_t at,
    const char *what, const char *hint);

/* The first byte c from the cursor on; the end if there is none. */
uint32_t inline_md_find(const struct md *m, char c);

/* mdblock.c: blocks of a Markdown text. */

/* A paragraph begins, or goes on. */
void inline_md_paragraph(struct md *m);

/* End the paragraph, if one is open. */
void inline_md_paragraph_end(struct md *m);

/* Containers; false if they nest too deeply. */
bool inline_md_list(struct md *m, bool numbered, int64_t start, bool tight);
bool inline_md_quote(struct md *m);
void inline_md_item(struct md *m);
void inline_md_leave(struct md *m);

/* A code block, whose fence stands about byte `at`. */
void inline_md_code(struct md *m, uint32_t at);
void inline_md_code_end(struct md *m);

/* A block that may not stand here begins; what is in it is passed over. */
void inline_md_refuse(struct md *m, enum diag_id id);
/* The place of its first text. */
void inline_md_refuse_at(struct md *m, uint32_t at);
void inline_md_refuse_end(struct md *m);

/* Is the text at `at`, where a paragraph begins, a definition? */
bool inline_md_is_definition(const struct md *m, uint32_t at);

/* mdlink.c: links in a Markdown text. */

/* Report what looks like a reference in a text, which begins at byte off. */
void inline_md_check_text(struct md *m, struct slice s, uint32_t off);

void inline_md_link(struct md *m, struct slice href, struct slice title);
void inline_md_link_end(struct md *m);

/* Report a link that begins in a text all of which is one. */
void inline_md_link_within(struct md *m);

/* An address without < > around it. */
void inline_md_address(struct md *m, const struct seg *seg);

/* An image ends: nothing of it is printed. */
void inline_md_image(struct md *m);
void inline_md_image_end(struct md *m);

#endif
