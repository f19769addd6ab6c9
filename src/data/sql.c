/* SQL as written: its values made parameters, its words looked at. */
#include "data/expand_int.h"

#include <string.h>

/* What the reader is in the midst of. */
enum lexer {
    LEX_NONE,
    LEX_STRING, /* '…' */
    LEX_NAME, /* "…" */
    LEX_LINE, /* -- … */
    LEX_COMMENT, /* … */
    LEX_WORD,
    LEX_NUMBER
};

struct reading {
    struct expand *x;
    struct sql *out;
    uint8_t state; /* enum lexer */
    uint8_t depth;
    uint32_t begin; /* of the token being read, in the SQL */
    bool bad;
    struct load_cursor cursor;
};

static void tell(
    struct reading *rd, uint32_t off, const char *what, const char *hint)
{
    rd->bad = true;
    if (expand_tell(rd->x, rd->out->text, off, &rd->cursor, D_QUERY, what))
        diag_hint(rd->x->l->d, "%s", hint);
}

static struct token *add_token(
    struct reading *rd, enum token_kind kind, uint32_t from, uint32_t to)
{
    struct sql *o = rd->out;
    o->tokens = arena_grow(rd->x->l->a, o->tokens, &o->tokens_cap,
        (size_t)o->ntokens + 1, sizeof *o->tokens);
    struct token *t = &o->tokens[o->ntokens++];
    /* The buffer may move: the bytes are found when all of it is there. */
    *t = (struct token){.kind = (uint8_t)kind,
        .depth = rd->depth,
        .at = from,
        .s = {NULL, to - from}};
    return t;
}

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
        (unsigned char)c >= 0x80;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* End the word or number that is being read before byte `at` of the SQL. */
static void end_token(struct reading *rd, uint32_t at)
{
    if (rd->state == LEX_WORD || rd->state == LEX_NUMBER) {
        add_token(rd, rd->state == LEX_WORD ? TOKEN_WORD : TOKEN_NUMBER,
            rd->begin, at);
        rd->state = LEX_NONE;
    }
}

/* A byte outside all quotes and comments. */
static void read_plain(
    struct reading *rd, char c, char next, uint32_t at, uint32_t off)
{
    if (rd->state == LEX_WORD || rd->state == LEX_NUMBER) {
        if (is_word(c) || is_digit(c) || c == '$' ||
            (rd->state == LEX_NUMBER && c == '.'))
            return;
        end_token(rd, at);
    }
    rd->begin = at;
    if (is_word(c))
        rd->state = LEX_WORD;
    else if (is_digit(c) || (c == '.' && is_digit(next)))
        rd->state = LEX_NUMBER;
    else if (c == '\'')
        rd->state = LEX_STRING;
    else if (c == '"')
        rd->state = LEX_NAME;
    else if (c == '-' && next == '-')
        rd->state = LEX_LINE;
    else if (c == '/' && next == '*')
        rd->state = LEX_COMMENT;
    else if (c == '?' || c == ':' || c == '@' || c == '$' || c == '#')
        tell(rd, off, arena_printf(rd->x->l->a, "'%c' has no meaning here", c),
            "a value stands in a query as $(name)");
    else if (c == '`' || c == '[')
        tell(rd, off, "a name in brackets or backquotes",
            "put it in double quotes, if anything");
    else if (c == '(' || c == ')') {
        rd->depth = (uint8_t)(rd->depth - (c == ')' && rd->depth));
        add_token(rd, TOKEN_OTHER, at, at + 1);
        rd->depth = (uint8_t)(rd->depth + (c == '(' && rd->depth < 255));
    } else if (c != ' ' && c != '\n' && c != '\t')
        add_token(rd, TOKEN_OTHER, at, at + 1);
}

static void read_byte(
    struct reading *rd, char last, char c, char next, uint32_t at, uint32_t off)
{
    switch ((enum lexer)rd->state) {
    case LEX_STRING:
    case LEX_NAME:
        if (c == (rd->state == LEX_NAME ? '"' : '\'')) {
            bool name = rd->state == LEX_NAME;
            add_token(rd, name ? TOKEN_WORD : TOKEN_STRING, rd->begin + name,
                at + !name);
            rd->state = LEX_NONE;
        }
        break;
    case LEX_LINE:
        if (c == '\n')
            rd->state = LEX_NONE;
        break;
    case LEX_COMMENT:
        if (c == '/' && last == '*' && at > rd->begin + 2)
            rd->state = LEX_NONE;
        break;
    case LEX_NONE:
    case LEX_WORD:
    case LEX_NUMBER:
        read_plain(rd, c, next, at, off);
        break;
    }
}

static void add_seg(struct sql *o, struct arena *a, uint32_t off)
{
    o->segs = arena_grow(
        a, o->segs, &o->segs_cap, (size_t)o->nsegs + 1, sizeof *o->segs);
    o->segs[o->nsegs++] = (struct sql_seg){(uint32_t)o->s.n, off};
}

/* The number of a value's parameter: one for each name. */
static uint32_t param_of(struct reading *rd, const struct piece *p)
{
    struct sql *o = rd->out;
    uint32_t i = 0;
    while (i < o->nparams && !slice_eq(o->params[i]->name, p->name))
        i++;
    if (i == o->nparams) {
        o->params = arena_grow(rd->x->l->a, o->params, &o->params_cap,
            (size_t)i + 1, sizeof *o->params);
        o->params[o->nparams++] = p;
    }
    return i;
}

static void read_value(struct reading *rd, const struct piece *p)
{
    struct sql *o = rd->out;
    end_token(rd, (uint32_t)o->s.n);
    if (rd->state == LEX_STRING || rd->state == LEX_NAME) {
        tell(rd, p->off, "a value in quotes would be no value",
            "leave the quotes out: a $(…) is a value of its own");
        return;
    }
    if (rd->state != LEX_NONE) /* in a comment */
        return;
    if (p->format.n) {
        tell(rd, p->off, "a value in a query takes no format",
            "dates are bound as 2025-12-04");
        return;
    }
    uint32_t i = param_of(rd, p), from = (uint32_t)o->s.n;
    buf_printf(&o->s, "?%lu", (unsigned long)i + 1);
    add_token(rd, TOKEN_PARAM, from, (uint32_t)o->s.n)->param = i;
    buf_putc(&o->s, ' ');
}

/*
 * natural(x) is a function of ours, but `natural` a word of SQL's grammar:
 * where a bracket follows the word, it is put in quotes.
 */
static void quote_natural(struct reading *rd, uint32_t off)
{
    static const char word[] = "natural";
    const uint32_t n = sizeof word - 1;
    struct buf *s = &rd->out->s;
    end_token(rd, (uint32_t)s->n);
    struct token *last =
        rd->out->ntokens ? &rd->out->tokens[rd->out->ntokens - 1] : NULL;
    if (rd->state != LEX_NONE || !last || last->kind != TOKEN_WORD ||
        last->s.n != n || sqlite3_strnicmp(s->s + last->at, word, (int)n) != 0)
        return;
    for (size_t i = last->at + n; i < s->n; i++) {
        if (!strchr(" \t\n", s->s[i]))
            return; /* it is in quotes already, or a comment follows */
    }
    s->n = last->at;
    buf_printf(s, "\"%s\"", word);
    last->at++;
    add_seg(rd->out, rd->x->l->a, off);
}

static void read_source(struct reading *rd, const struct piece *p)
{
    struct sql *o = rd->out;
    const char *s = o->text->s.s + p->off;
    for (uint32_t i = 0; i < p->n && !rd->bad; i++) {
        if (s[i] == '(')
            quote_natural(rd, p->off + i);
        char last = o->s.n ? o->s.s[o->s.n - 1] : ' ';
        char next = i + 1 < p->n ? s[i + 1] : ' ';
        read_byte(rd, last, s[i], next, (uint32_t)o->s.n, p->off + i);
        buf_putc(&o->s, s[i]);
    }
}

bool sql_read(struct expand *x, const struct query *q, struct sql *out)
{
    struct reading rd = {.x = x, .out = out};
    *out = (struct sql){.s = buf_new(x->l->a), .text = q->sql};
    if (q->condition)
        buf_puts(&out->s, "SELECT (");
    for (uint32_t i = 0; i < q->sql->npieces && !rd.bad; i++) {
        const struct piece *p = &q->sql->pieces[i];
        add_seg(out, x->l->a, p->off);
        if (p->kind == PIECE_SOURCE)
            read_source(&rd, p);
        else
            read_value(&rd, p);
    }
    end_token(&rd, (uint32_t)out->s.n);
    add_seg(out, x->l->a, (uint32_t)q->sql->s.n);
    if (q->condition)
        buf_puts(&out->s, "\n)");
    for (uint32_t i = 0; i < out->ntokens; i++)
        out->tokens[i].s.s = out->s.s + out->tokens[i].at;
    return !rd.bad;
}

uint32_t sql_off(const struct sql *sql, uint32_t at)
{
    uint32_t i = sql->nsegs;
    while (i > 0 && sql->segs[i - 1].sql > at)
        i--;
    if (!i)
        return 0;
    const struct sql_seg *seg = &sql->segs[i - 1];
    uint32_t off = seg->off + (at - seg->sql);
    uint32_t end = i < sql->nsegs ? sql->segs[i].off : (uint32_t)sql->text->s.n;
    return off < end ? off : end ? end - 1 : 0;
}

bool sql_is(const struct token *t, const char *word)
{
    if (t->s.n != strlen(word))
        return false;
    for (size_t i = 0; i < t->s.n; i++) {
        char c = t->s.s[i];
        if ((c >= 'A' && c <= 'Z' ? c + 32 : c) != word[i])
            return false;
    }
    return true;
}

static bool has_words(const struct sql *sql, const char *one, const char *two)
{
    for (uint32_t i = 0; i < sql->ntokens; i++) {
        const struct token *t = &sql->tokens[i];
        if (t->depth || t->kind != TOKEN_WORD || !sql_is(t, one))
            continue;
        if (!two || (i + 1 < sql->ntokens && sql_is(t + 1, two)))
            return true;
    }
    return false;
}

bool sql_is_ordered(const struct sql *sql)
{
    return has_words(sql, "order", "by");
}

bool sql_is_grouped(const struct sql *sql)
{
    return has_words(sql, "group", "by") || has_words(sql, "distinct", NULL);
}

bool sql_is_limited(const struct sql *sql)
{
    return has_words(sql, "limit", NULL);
}

bool sql_defines(const struct sql *sql, struct slice name)
{
    for (uint32_t i = 0; i + 1 < sql->ntokens; i++) {
        const struct token *t = &sql->tokens[i];
        if (t->kind != TOKEN_WORD || t->s.n != name.n ||
            sqlite3_strnicmp(t->s.s, name.s, (int)name.n) != 0)
            continue;
        uint32_t next = i + 1;
        if (slice_is(t[1].s, "(")) {
            while (next < sql->ntokens &&
                !(slice_is(sql->tokens[next].s, ")") &&
                    sql->tokens[next].depth == t[1].depth))
                next++;
            next++;
        }
        if (next + 1 < sql->ntokens && sql_is(&sql->tokens[next], "as") &&
            !slice_is(sql->tokens[next + 1].s, ")") &&
            (slice_is(sql->tokens[next + 1].s, "(") ||
                sql_is(&sql->tokens[next + 1], "materialized") ||
                sql_is(&sql->tokens[next + 1], "not")))
            return true;
    }
    return false;
}

/* Where a comparison is looked at. */
struct comparing {
    struct expand *x;
    const struct sql *sql;
    const struct compiled *c;
    const struct scope *scope;
    struct load_cursor cursor;
};

static const struct token *token_at(const struct sql *sql, uint32_t i)
{
    static const struct token none = {.kind = TOKEN_OTHER};
    return i < sql->ntokens ? &sql->tokens[i] : &none;
}

static bool is_op(const struct token *t, const char *chars)
{
    return t->kind == TOKEN_OTHER && t->s.n == 1 && strchr(chars, *t->s.s);
}

/* A number, or a parameter whose value is one. */
static bool is_number(const struct comparing *cmp, uint32_t i)
{
    const struct token *t = token_at(cmp->sql, i);
    if (is_op(t, "+-"))
        t = token_at(cmp->sql, i + 1);
    if (t->kind == TOKEN_NUMBER)
        return true;
    if (t->kind != TOKEN_PARAM)
        return false;
    struct datum d;
    struct pos pos;
    return expand_datum(cmp->x, cmp->sql->text, cmp->sql->params[t->param],
               cmp->scope, &d, &pos) &&
        (d.value.storage == SET_INTEGER || d.value.storage == SET_REAL);
}

/* Does the name before a column mean that data set? */
static bool means_set(
    const struct comparing *cmp, struct slice name, const struct set *set)
{
    if (slice_is(name, set->name))
        return true;
    for (uint32_t i = 0; i + 1 < cmp->sql->ntokens; i++) {
        const struct token *t = &cmp->sql->tokens[i];
        if (t->kind != TOKEN_WORD || !slice_is(t->s, set->name))
            continue;
        const struct token *alias = token_at(cmp->sql, i + 1);
        if (sql_is(alias, "as"))
            alias = token_at(cmp->sql, i + 2);
        if (alias->kind == TOKEN_WORD && slice_eq(alias->s, name))
            return true;
    }
    return false;
}

/*
 * The column of text that token i names, where that is sure: all columns of
 * that name which the query reads are such.
 */
static const struct set_column *text_column(
    const struct comparing *cmp, uint32_t i)
{
    const struct guard *g = cmp->x->guard;
    const struct token *t = token_at(cmp->sql, i);
    if (t->kind != TOKEN_WORD)
        return NULL;
    bool part = i >= 2 && is_op(token_at(cmp->sql, i - 1), ".");
    const struct set_column *found = NULL;
    for (unsigned k = 0; k < g->nreads; k++) {
        const struct set_column *c = g->reads[k].column;
        if (!c || !slice_is(t->s, c->name) ||
            (part &&
                !means_set(cmp, token_at(cmp->sql, i - 2)->s, g->reads[k].set)))
            continue;
        if (c->storage != SET_TEXT)
            return NULL;
        found = c;
    }
    return found;
}

/* Is what begins with token i part of a sum or the like? Then it is a number.
 */
static bool is_operand(const struct comparing *cmp, uint32_t i)
{
    while (i >= 2 && is_op(token_at(cmp->sql, i - 1), "."))
        i -= 2;
    return i >= 1 && is_op(token_at(cmp->sql, i - 1), "+-*/%|");
}

/* Report token i if it is a column of text. */
static void check_column(struct comparing *cmp, uint32_t i)
{
    const struct set_column *c = text_column(cmp, i);
    if (!c || is_operand(cmp, i) || is_op(token_at(cmp->sql, i + 1), "+-*/%|."))
        return;
    struct expand *x = cmp->x;
    const char *what = arena_printf(x->l->a,
        "'%s' is text, and is compared with a number as text: 9 comes after 10",
        c->name);
    if (expand_tell(x, cmp->sql->text,
            sql_off(cmp->sql, token_at(cmp->sql, i)->at), &cmp->cursor,
            D_QUERY_UNTYPED, what))
        diag_hint(x->l->d,
            "give it a type: types: {%s: integer}; or put the number in single "
            "quotes",
            c->name);
}

void sql_check_types(struct expand *x, const struct sql *sql,
    const struct compiled *c, const struct scope *scope)
{
    struct comparing cmp = {.x = x, .sql = sql, .c = c, .scope = scope};
    for (uint32_t i = 1; i < sql->ntokens; i++) {
        const struct token *t = &sql->tokens[i];
        uint32_t end = i + 1;
        if (is_op(t, "<>=!")) {
            if (is_op(token_at(sql, i - 1), "<>=!"))
                continue;
            while (is_op(token_at(sql, end), "<>="))
                end++;
        } else if (t->kind == TOKEN_WORD &&
            (sql_is(t, "between") || sql_is(t, "is"))) {
            end += sql_is(token_at(sql, end), "not");
        } else if (t->kind == TOKEN_WORD && sql_is(t, "in")) {
            end++; /* the bracket */
        } else {
            continue;
        }
        uint32_t left = i - 1;
        if (sql_is(token_at(sql, left), "not") && left)
            left--;
        if (is_number(&cmp, end))
            check_column(&cmp, left);
        else if (token_at(sql, left)->kind != TOKEN_WORD &&
            is_number(&cmp, left)) {
            while (is_op(token_at(sql, end + 1), "."))
                end += 2;
            check_column(&cmp, end);
        }
    }
}
