/* Markdown to blocks and spans: what is read, what is refused and where. */
#include "support_doc.h"

#include <string.h>

struct pair {
    const char *text, *wanted;
};

/* Each body prints as wanted, without a message. */
static void check_bodies(void **state, const struct pair *cases, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct load *l = new_load(*state);
        struct doc *doc = resolve_body(l, cases[i].text);
        assert_string_equal(short_messages(l), "");
        assert_string_equal(print_blocks(l, doc, &doc->body), cases[i].wanted);
    }
}

#define CHECK(cases) check_bodies(state, cases, sizeof cases / sizeof *cases)

static void test_spans(void **state)
{
    static const struct pair CASES[] = {
        {"plain", "P plain"},
        {"a *b* **c** ***d*** `e`", "P a {E:b} {S:c} {SE:d} {C:e}"},
        {"*a **b***", "P {E:a }{SE:b}"},
        {"snake_case 2*3*4 a * b", "P snake_case 2{E:3}4 a * b"},
        {"a  b \t c\nd   \ne", "P a b c d/e"},
        {"one\\\n  two", "P one/two"},
        {"x `a  b` y `` ` `` z", "P x {C:a  b} y {C:`} z"},
        {"`a\nb`", "P {C:a b}"},
        {"no\xc2\xa0"
         "break",
            "P no\xc2\xa0"
            "break"},
        {"&lt;&amp;&gt;&quot; &nbsp;| &#8217;&#x2019;",
            "P <&>\" \xc2\xa0| \xe2\x80\x99\xe2\x80\x99"},
        {"`&copy;`", "P {C:&copy;}"},
        {"SSC&C; AT&T &unknownname; & ;", "P SSC&C; AT&T &unknownname; & ;"},
        {"\\*a\\* \\[b] \\&copy; \\\\", "P *a* [b] &copy; \\"},
        {"a < b > c <3", "P a < b > c <3"},
        {"~~a~~ | b | $x$ :-) x@y.org www.x.org",
            "P ~~a~~ | b | $x$ :-) x@y.org www.x.org"},
        {"[a] [b][c] [d][] (e)", "P [a] [b][c] [d][] (e)"},
        {"!x [!y]", "P !x [!y]"},
        {"\xe2\x80\x9c*a*\xe2\x80\x9d", "P \xe2\x80\x9c{E:a}\xe2\x80\x9d"},
    };
    CHECK(CASES);
}

static void test_blocks(void **state)
{
    static const struct pair CASES[] = {
        {"a\n\n\nb", "P a | P b"},
        {"- a\n- b", "UL[• P a; • P b]"},
        {"a\n- b\nc", "P a | UL[• P b c]"},
        {"- a\n    - b\n        - c\n- d",
            "UL[• P a | UL[– P b | UL[– P c]]; • P d]"},
        {"1. a\n2. b", "OL[1. P a; 2. P b]"},
        {"3) a\n9) b", "OL[3. P a; 4. P b]"},
        {"- a\n\n- b", "loose UL[• P a; • P b]"},
        {"- a\n\n  b\n- c", "loose UL[• P a | P b; • P c]"},
        {"* a\n+ b", "UL[• P a] | UL[• P b]"},
        {"- a\n\n      b", "loose UL[• P a | P b]"},
        {"-\n- a", "UL[• ; • P a]"},
        {"> a\n> b\n>\n> - c", "QUOTE[P a b | UL[• P c]]"},
        {"```c\nif (*x)\n\n\ty & z;\n```\nafter",
            "CODE[{C:if (*x)}//{C:    y & z;}] | P after"},
        {"~~~\n  a\tb\n~~~", "CODE[{C:  a b}]"},
        {"- a\n\n  ```\n  code\n  ```", "loose UL[• P a | CODE[{C:code}]]"},
        {"a\n    b", "P a b"},
        {"    a", "P a"},
        {"2025. A year begins", "OL[2025. P A year begins]"},
        {"see\n2. two", "P see 2. two"},
        {"Level #1 and #tag", "P Level #1 and #tag"},
        {"#tag", "P #tag"},
        {"--", "P --"},
        {"a | b\nc | d", "P a | b c | d"},
    };
    CHECK(CASES);
}

static void test_links(void **state)
{
    static const struct pair CASES[] = {
        {"[a](https://x.org/p?q=1#f)", "P [a](https://x.org/p?q=1#f)"},
        {"[a *b*](http://x.org) c",
            "P [a ](http://x.org)[{E:b}](http://x.org) c"},
        {"<https://x.org> <a@b.org>",
            "P [{U:https://x.org}](https://x.org) "
            "[{U:a@b.org}](mailto:a@b.org)"},
        {"[m](MAILTO:a@b.org)", "P [m](MAILTO:a@b.org)"},
        {"see https://x.org/a_b_c.html.",
            "P see [{U:https://x.org/a_b_c.html}](https://x.org/a_b_c.html)."},
        {"(https://x.org/a(b))",
            "P ([{U:https://x.org/a(b)}](https://x.org/a(b)))"},
        {"\xe2\x80\x9csee https://x.org/a\xe2\x80\x9d; b",
            "P \xe2\x80\x9csee [{U:https://x.org/a}](https://x.org/a)"
            "\xe2\x80\x9d; b"},
        {"*https://x.org/a*", "P [{EU:https://x.org/a}](https://x.org/a)"},
        {"https://x.org/?a=1&b=2",
            "P [{U:https://x.org/?a=1&b=2}](https://x.org/?a=1&b=2)"},
        {"ftp://x.org/a", "P ftp://x.org/a"},
        {"[https://x.org/](https://x.org/)",
            "P [{U:https://x.org/}](https://x.org/)"},
        {"[see https://x.org/ there](https://y.org/)",
            "P [see https://x.org/ there](https://y.org/)"},
        {"[a](<https://x.org/a b>)", "P [a](https://x.org/a%20b)"},
        {"[a](https://x.org/\xc3\xa9%20%)",
            "P [a](https://x.org/"
            "%C3%A9%20%25)"},
        {"[a](https://x.org/?a=1&amp;b)", "P [a](https://x.org/?a=1&b)"},
        {"[a\\]](https://x.org/\\))", "P [a]](https://x.org/))"},
        {"a [texte](lang:fr) b", "P a <fr:texte> b"},
        {"[*texte*](lang:fr)[mehr](lang:de)", "P <fr:{E:texte}><de:mehr>"},
        {"[own](lang:en)", "P own"},
        {"- [a](https://x.org)\n- 1 [b](https://y.org) <https://z.org>",
            "UL[• P [a](https://x.org); • P 1 [b](https://y.org) "
            "[{U:https://z.org}](https://z.org)]"},
    };
    CHECK(CASES);
}

#define URL(s) "[{U:" s "}](" s ")"

/* Addresses in running text: where they end. */
static void test_addresses(void **state)
{
    static const struct pair CASES[] = {
        {"https://x.org", "P " URL("https://x.org")},
        {"(http://x.org), b", "P (" URL("http://x.org") "), b"},
        {"\"https://x.org/a\"", "P \"" URL("https://x.org/a") "\""},
        {"\xe2\x80\x98https://x.org/a\xe2\x80\x99",
            "P \xe2\x80\x98" URL("https://x.org/a") "\xe2\x80\x99"},
        {"https://x.org/a_b_c/_d_/*e*f",
            "P " URL("https://x.org/a_b_c/_d_/*e*f")},
        {"**https://x.org/a**", "P [{SU:https://x.org/a}](https://x.org/a)"},
        {"https://x.org/(a)b)c", "P " URL("https://x.org/(a)b") ")c"},
        {"https://x.org/a?!.,:;*_~'", "P " URL("https://x.org/a") "?!.,:;*_~'"},
        {"https://x.org/%C3?a=1,2&b=~c;d#e:f",
            "P " URL("https://x.org/%C3?a=1,2&b=~c;d#e:f")},
        {"https://x.org/a&amp;b", "P " URL("https://x.org/a") "&b"},
        {"https://x.org/a\\*b", "P " URL("https://x.org/a") "*b"},
        {"https://x.org/a`b`", "P " URL("https://x.org/a") "{C:b}"},
        {"https://x.org/a<https://y.org>",
            "P " URL("https://x.org/a") URL("https://y.org")},
        {"https://x.org/a[b](https://y.org/c)",
            "P " URL("https://x.org/a") "[b](https://y.org/c)"},
        {"https://x.org/\xc3\xa9\xe3\x80\x82",
            "P [{U:https://x.org/\xc3\xa9}](https://x.org/%C3%A9)"
            "\xe3\x80\x82"},
        {"a:http://localhost:80/", "P a:" URL("http://localhost:80/")},
        {"https://x.org/a\nhttps://y.org",
            "P " URL("https://x.org/a") " " URL("https://y.org")},
        {"https:// https://\xe2\x80\xa6 https://. http:///a xhttp://y",
            "P https:// https://\xe2\x80\xa6 https://. http:///a "
            "xhttp://y"},
        {"http://$(report.title)/$(report.title).", "P " URL("http://T/T") "."},
        {"https://x.org/$(report.language)_$(report.title)*",
            "P " URL("https://x.org/en_T") "*"},
        {"`https://x.org/$(report.title)`", "P {C:https://x.org/T}"},
        {"```\nhttps://x.org/a.\n```", "CODE[{C:https://x.org/a.}]"},
        {"[a](https://x.org/a_(b)/$(report.title))",
            "P [a](https://x.org/a_(b)/T)"},
        {"[a]( <https://x.org/a b> )", "P [a](https://x.org/a%20b)"},
        {"[a *https://x.org*](#s)", "P [a ](#s)[{E:https://x.org}](#s)"},
        {"[voir https://x.org ici](lang:fr) https://y.org",
            "P <fr:voir ><fr:" URL("https://x.org") "><fr: ici> " URL(
                "https://y.org")},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct load *l = new_load(*state);
        struct buf yaml = buf_new(*state);
        buf_puts(&yaml, "sections: [{id: s, title: S}]\nbody: |\n  ");
        for (const char *s = CASES[i].text; *s; s++)
            buf_puts(&yaml, *s == '\n' ? "\n  " : (char[2]){*s, '\0'});
        buf_putc(&yaml, '\n');
        struct doc *doc = resolve_report(l, yaml.s);
        assert_string_equal(short_messages(l), "");
        assert_string_equal(print_blocks(l, doc, &doc->body), CASES[i].wanted);
    }
}

/* A value never becomes markup, wherever it stands. */
static void test_values(void **state)
{
    static const struct pair CASES[] = {
        {"$(report.place)", "P *a* <b> [c](d) `e` &copy; 1."},
        {"**$(report.place)**x", "P {S:*a* <b> [c](d) `e` &copy; 1.}x"},
        {"`$(report.place)`", "P {C:*a* <b> [c](d) `e` &copy; 1.}"},
        {"```\n$(report.place)\n```", "CODE[{C:*a* <b> [c](d) `e` &copy; 1.}]"},
        {"- $(report.status-date)", "UL[• P 31 January 2025]"},
        {"[x](https://x.org/$(report.status-date:d-M)/)",
            "P [x](https://x.org/31-1/)"},
        {"[x](https://x.org/?q=$(report.status-date))",
            "P [x](https://x.org/?q=31%20January%202025)"},
        {"https://x.org/$(report.status-date:yyyy)/a",
            "P [{U:https://x.org/2025/a}](https://x.org/2025/a)"},
        {"[](#s-$(report.status-date:yyyy))", "P [1](#s-2025)"},
        {"$$(report.title) `$$(x)`", "P $(report.title) {C:$(x)}"},
        {"*a $(report.source)*", "P {E:a by }{SE:Us}"},
        {"`$(report.source)`", "P {C:by Us}"},
        {"$(report.abstract)", "P one | P two {E:three}"},
        {"So: $(report.abstract)", "P So: one two {E:three}"},
        {"- $(report.abstract)\n- x", "UL[• P one | P two {E:three}; • P x]"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct load *l = new_load(*state);
        struct model_options options = {0};
        struct buf yaml = buf_new(l->a);
        buf_puts(&yaml,
            "report:\n"
            "  title: T\n"
            "  language: en\n"
            "  status-date: 2025-01-31\n"
            "  source: by **Us**\n"
            "  place: '\\*a\\* \\<b> \\[c](d) \\`e\\` \\&copy; 1.'\n"
            "  abstract: |\n"
            "    one\n"
            "\n"
            "    two\n"
            "    *three*\n"
            "sections: [{id: s-2025, title: S}]\n"
            "body: |\n  ");
        for (const char *s = CASES[i].text; *s; s++)
            buf_puts(&yaml, *s == '\n' ? "\n  " : (char[2]){*s, '\0'});
        buf_putc(&yaml, '\n');
        struct node *root = load_string(l, yaml.s);
        assert_non_null(root);
        struct report *r = model_read(l, root, &options);
        data_expand(l, r);
        struct doc *doc = inline_resolve(l, r);
        assert_string_equal(short_messages(l), "");
        assert_string_equal(print_blocks(l, doc, &doc->body), CASES[i].wanted);
    }
}

/* In a title or cell nothing is a block. */
static void test_inline_only(void **state)
{
    static const struct pair CASES[] = {
        {"1. a", "1. a"},
        {"1.", "1."},
        {"- a *b*", "- a {E:b}"},
        {"# a `c`", "# a {C:c}"},
        {"#1 _a_", "#1 {E:a}"},
        {"> a\\*", "> a*"},
        {"* a *b*", "* a {E:b}"},
        {"*a* b", "{E:a} b"},
        {"_a_ b", "{E:a} b"},
        {"**a**", "{S:a}"},
        {"---", "---"},
        {"--- *a*", "--- {E:a}"},
        {"| a | *b* |", "| a | {E:b} |"},
        {"+ \\a", "+ \\a"},
        {"[Note]: x *y*", "[Note]: x {E:y}"},
        {"[a]: https://x.org", "[a]: [{U:https://x.org}](https://x.org)"},
        {"<https://x.org>", "[{U:https://x.org}](https://x.org)"},
        {"`a` b", "{C:a} b"},
        {"~~~ `a`", "~~~ {C:a}"},
        {"2*2 & 3", "2*2 & 3"},
        {"  a  b  ", "a b"},
        {"a: b", "a: b"},
        {"x: [a](https://x.org)", "x: [a](https://x.org)"},
        {"", ""},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct load *l = new_load(*state);
        struct doc *doc = resolve_report(l,
            arena_printf(l->a,
                "body:\n"
                "  - table:\n"
                "      columns: [{key: a}]\n"
                "      rows: [['%s']]\n",
                CASES[i].text));
        assert_string_equal(short_messages(l), "");
        const struct cell *c = data_cell(doc->body.b->table->rows, 0, 0);
        assert_int_equal(c->kind, CELL_RICH);
        assert_string_equal(print_rich(l, doc, c->rich), CASES[i].wanted);
    }
}

/* Lines of a title: a block's marks mean nothing at the start of any. */
static void test_inline_lines(void **state)
{
    struct load *l = new_load(*state);
    struct doc *doc = resolve_report(l,
        "sections:\n"
        "  - title: |\n"
        "      - a\n"
        "      ---\n"
        "      *b*\n"
        "\n"
        "      # c\\\n"
        "      1. d\n"
        "         e\n"
        "      | - |\n");
    assert_string_equal(short_messages(l), "");
    assert_string_equal(print_rich(l, doc, &doc->sections->title),
        "- a --- {E:b} # c/1. d e | - |");
}

static void test_refused(void **state)
{
    static const struct pair CASES[] = {
        {"a <b>c</b>", "3:5: HTML has no meaning here [raw-html]\n"},
        {"<div>\nx\n</div>", "3:3: HTML has no meaning here [raw-html]\n"},
        {"a\n<!-- b -->", "4:3: HTML has no meaning here [raw-html]\n"},
        {"a <br>\nb", "3:5: HTML has no meaning here [raw-html]\n"},
        {"a ![b](c.png) d", "3:5: an image inside a text [markdown-image]\n"},
        {"![](c.png)![x](y)",
            "3:3: an image inside a text [markdown-image]\n"
            "3:13: an image inside a text [markdown-image]\n"},
        {"| a | b |\n|---|---|\n| c | d |",
            "3:3: a table inside a text [markdown-table]\n"},
        {"- [x] a\n- [ ] b",
            "3:5: a task mark has no meaning here [markdown-task]\n"
            "4:5: a task mark has no meaning here [markdown-task]\n"},
        {"a\n\n## b", "5:3: a heading inside a text [markdown-heading]\n"},
        {"a\n---", "3:3: a heading inside a text [markdown-heading]\n"},
        {"a\n===\n\n#\n",
            "3:3: a heading inside a text [markdown-heading]\n"
            "6:3: a heading inside a text [markdown-heading]\n"},
        {"a\n\n---\n\nb\n\n* * *\n",
            "5:3: a rule inside a text [markdown-rule]\n"
            "9:3: a rule inside a text [markdown-rule]\n"},
        {"a\n```\n```\n\n- ~~~",
            "4:3: a code block without code [markdown-fence]\n"
            "7:5: a code block without code [markdown-fence]\n"},
        {"~~~ Note ~~~\nx",
            "3:7: more than a word beside a fence [markdown-fence]\n"},
        {"- ***\n", "3:5: a rule inside a text [markdown-rule]\n"},
        {"a &copy; b",
            "3:5: the entity '&copy;' is not known here [unknown-entity]\n"},
        {"a &#7; b",
            "3:5: '&#7;' is no character that may stand in text "
            "[bad-character]\n"},
        {"a &#x110000; &#xFFFE;",
            "3:5: '&#x110000;' is no character that may stand in text "
            "[bad-character]\n"
            "3:16: '&#xFFFE;' is no character that may stand in text "
            "[bad-character]\n"},
        {"[x](lang:qqq9)",
            "3:3: 'qqq9' is no known language [unknown-language]\n"},
        {"[](lang:fr)", "3:3: no text is in this language [bad-reference]\n"},
        {"x [voir [a](https://y.org) et *[b](https://x.org)*](lang:fr)",
            "3:5: a link stands in a text of another language "
            "[bad-reference]\n"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct load *l = new_load(*state);
        resolve_body(l, CASES[i].text);
        assert_string_equal(short_messages(l), CASES[i].wanted);
    }
}

/* md4c would swallow these without a word. */
static void test_definitions(void **state)
{
    static const struct {
        const char *text;
        unsigned line; /* 0: no message */
        const char *blocks;
    } CASES[] = {
        {"[Note]: provisional", 3, "P [Note]: provisional"},
        {"[Note]: see below, please", 3, "P [Note]: see below, please"},
        {"a\n\n[x]: https://x.org 'y'", 5,
            "P a | P [x]: [{U:https://x.org}](https://x.org) 'y'"},
        {"- [*x*]: y", 3, "UL[• P [{E:x}]: y]"},
        {"\\[Note]: fine", 0, "P [Note]: fine"},
        {"see [Note]: fine", 0, "P see [Note]: fine"},
        {"[] : fine", 0, "P [] : fine"},
        {"[a] [b]: fine", 0, "P [a] [b]: fine"},
        {"[ ]: fine", 0, "P [ ]: fine"},
        {"`[a]: b`", 0, "P {C:[a]: b}"},
        {"```\n[a]: b\n```", 0, "CODE[{C:[a]: b}]"},
        {"[a](https://x.org/]:y)", 0, "P [a](https://x.org/]:y)"},
        {"[a](https://x.org): b", 0, "P [a](https://x.org): b"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct load *l = new_load(*state);
        struct doc *doc = resolve_body(l, CASES[i].text);
        assert_string_equal(print_blocks(l, doc, &doc->body), CASES[i].blocks);
        const char *found = short_messages(l);
        assert_true((*found != '\0') == (CASES[i].line != 0));
        if (!CASES[i].line)
            continue;
        assert_int_equal(diag_errors(l->d), 1);
        assert_int_equal(found[0] - '0', CASES[i].line);
        assert_non_null(strstr(found, "[markdown-definition]"));
    }
}

static void test_bad_links(void **state)
{
    static const char *const CASES[] = {"[x](javascript:alert(1))",
        "[x](JaVa&#9;script:a)", "[x](&#1;javascript:a)", "[x](file:///a)",
        "[x](data:text/html,a)", "[x](//host/a)", "[x](\\\\host\\a)",
        "[x](page.html)", "[x](www.x.org)", "[x]()", "[x](ftp://x.org)",
        "<ftp://x.org>", "<urn:isbn:1>", "[x](http:x.org)", "[x](https://)",
        "[x](https:///a)", "[x](mailto:)", "[](https://x.org)",
        "[x](https://x.org \"title\")", "[x](<h ttps://x.org>)",
        "[x](https://x.org/a&#10;b)", "[x]($(report.title)://x.org)"};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct load *l = new_load(*state);
        struct doc *doc = resolve_body(l, CASES[i]);
        const char *found = short_messages(l);
        assert_int_equal(memcmp(found, "3:3: ", 5), 0);
        assert_non_null(strstr(found, "[bad-link]"));
        if (!doc->body.n)
            continue; /* a link without a text was all */
        for (uint32_t k = 0; k < doc->body.b->text.n; k++)
            assert_int_equal(doc->body.b->text.spans[k].link, 0);
    }
    enum { MOST = 2000 };
    struct load *l = new_load(*state);
    char text[MOST + 8];
    memset(text, 'a', sizeof text);
    memcpy(text, "<https://x.org/", 15);
    text[MOST + 1] = '>';
    text[MOST + 2] = '\0';
    resolve_body(l, text);
    assert_string_equal(short_messages(l), "");
    text[MOST + 1] = 'a';
    text[MOST + 2] = '>';
    text[MOST + 3] = '\0';
    resolve_body(l, text);
    assert_non_null(strstr(short_messages(l), "2001 bytes"));
}

/* Every span knows its first byte's place. */
static void test_places(void **state)
{
    struct load *l = new_load(*state);
    struct doc *doc = resolve_body(l,
        "one\n*two* three\n\n- four [five](https://x.org) `six`\n"
        "  **$(report.title)** end");
    assert_string_equal(short_messages(l), "");
    const struct rich *first = &doc->body.b[0].text;
    const struct rich *item = &doc->body.b[1].list->items->body.b->text;
    const struct {
        const struct span *span;
        uint32_t line, col;
    } CASES[] = {{&first->spans[0], 3, 3}, {&first->spans[1], 4, 4},
        {&first->spans[2], 4, 8}, {&item->spans[0], 6, 5},
        {&item->spans[1], 6, 11}, {&item->spans[3], 6, 33},
        {&item->spans[5], 1, 17}, {&item->spans[6], 7, 24}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        uint32_t line, col;
        struct slice whole;
        files_locate(l->files, CASES[i].span->pos, &line, &col, &whole);
        assert_int_equal(line, CASES[i].line);
        assert_int_equal(col, CASES[i].col);
    }
}

/* The same in scalars of every style: a span's place has its first byte. */
static void test_places_of_styles(void **state)
{
    static const char *const CASES[] = {
        "|\n    aa *b*\n    **c** d\n\n    e `f`\n\n    - g\n      *h*\n",
        "|\n\n\n    aa\n    - b\n\n          *c*\n       *d*\n",
        ">\n  aa *b*\n  **c** d\n  `e`\n\n  f *g*\n   h *i*\n",
        "aa *b*\n    **c** d\n    `e` f\n\n    g *h*\n",
        "'aa *b*\n    **c** it''s `d` ''e'' *f*\n\n    g *h*'\n",
        "\"aa *b*\\t**c**\\n`d` \\\"e\\\" *f*\n    \\xe9 *g* \\\n    h *i*\"\n",
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct load *l = new_load(*state);
        struct doc *doc =
            resolve_report(l, arena_printf(l->a, "body: %s", CASES[i]));
        assert_string_equal(short_messages(l), "");
        unsigned count = 0;
        for (uint32_t k = 0; k < doc->body.n; k++) {
            const struct block *b = &doc->body.b[k];
            if (b->kind == BLOCK_LIST)
                b = b->list->items->body.b;
            for (uint32_t n = 0; n < b->text.n; n++) {
                const struct span *s = &b->text.spans[n];
                const char *file = files_at(l->files, s->pos.file)->s;
                if (s->s.s[0] < 'a' || s->s.s[0] > 'z')
                    continue;
                assert_int_equal(file[s->pos.off], s->s.s[0]);
                count++;
            }
        }
        assert_true(count >= 2);
    }
}

/*
 * Late messages count bytes from a span's start: whatever blanks the file has
 * before a word, that leads to the word.
 */
static void test_places_of_words(void **state)
{
    static const char *const CASES[] = {
        "a  b   c",
        "'a  b \t c'",
        "\"a  b\\tc \\\n   d\"",
        ">\n   a  b\n   c\n   d",
        "|\n   a\n   b  c\n     d",
        "|\n   - a\n     b  c\n\n   - d  e",
        "|\n   > a  b\n   > c",
        "|\n   `a\n   b`  c",
        "'a &amp; b  $(report.title) c $(report.status-date) d'",
        "'$(report.title) b''s c'",
        "[{code: \"a  b\\n  c\\td\"}]",
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct load *l = new_load(*state);
        struct doc *doc =
            resolve_report(l, arena_printf(l->a, "body: %s\n", CASES[i]));
        assert_string_equal(short_messages(l), "");
        const struct block *b = doc->body.b;
        while (b->kind == BLOCK_LIST || b->kind == BLOCK_QUOTE)
            b = b->kind == BLOCK_LIST ? b->list->items->body.b : b->body.b;
        const struct rich *text = b->kind == BLOCK_CODE ? b->lines : &b->text;
        for (uint32_t n = 0; n < text->n; n++) {
            const struct span *s = &text->spans[n];
            const char *file = files_at(l->files, s->pos.file)->s;
            for (size_t k = 0; k < s->s.n; k++) {
                char c = s->s.s[k];
                bool word =
                    c >= 'a' && c <= 'z' && (!k || s->s.s[k - 1] == ' ');
                if (word && file[s->pos.off] != '$' &&
                    file[s->pos.off + k] != c)
                    fail_msg("'%c' of %s is not in its place", c, CASES[i]);
            }
        }
    }
}

/* One level more than the limit, of lists and of other containers. */
static void test_nesting(void **state)
{
    for (int more = 0; more < 2; more++) {
        for (int kind = 0; kind < 2; kind++) {
            struct load *l = new_load(*state);
            struct buf text = buf_new(*state);
            for (int i = 0; i < 8 + more; i++)
                buf_puts(&text, kind ? "> " : "- ");
            buf_puts(&text, "x");
            resolve_body(l, text.s);
            assert_int_equal(diag_errors(l->d), more);
            assert_int_equal(diag_status(l->d), more ? 4 : 0);
        }
    }
    struct load *l = new_load(*state);
    struct buf yaml = buf_new(*state);
    buf_puts(&yaml, "body: [");
    for (int i = 0; i < 5; i++)
        buf_puts(&yaml, "{bullets: [[");
    buf_puts(&yaml, "\"- - - x\"");
    for (int i = 0; i < 5; i++)
        buf_puts(&yaml, "]]}");
    buf_puts(&yaml, "]\n");
    struct doc *doc = resolve_report(l, yaml.s);
    assert_string_equal(short_messages(l), "");
    assert_string_equal(print_blocks(l, doc, &doc->body),
        "UL[• UL[– UL[– UL[– UL[– UL[– UL[– UL[– P x]]]]]]]]");
    l = new_load(*state);
    struct buf deep = buf_new(*state);
    buf_puts(&deep, "body: [");
    for (int i = 0; i < 9; i++)
        buf_puts(&deep, i % 2 ? "{bullets: [[" : "{quote: [");
    buf_puts(&deep, "x");
    for (int i = 9; i-- > 0;)
        buf_puts(&deep, i % 2 ? "]]}" : "]}");
    buf_puts(&deep, "]\n");
    resolve_report(l, deep.s);
    assert_non_null(strstr(short_messages(l), "[limit-lists]"));
}

static void test_long(void **state)
{
    struct load *l = new_load(*state);
    struct limits *limits = ARENA_NEW(*state, struct limits);
    limits_init(limits);
    char text[101] = "";
    limits->markdown = sizeof text - 1;
    l->limits = limits;
    memset(text, 'x', sizeof text - 2);
    resolve_body(l, text); /* a line break comes after it */
    assert_string_equal(short_messages(l), "");
    text[sizeof text - 2] = 'x';
    resolve_body(l, text);
    assert_non_null(strstr(short_messages(l), "[limit-markdown]"));
    assert_int_equal(diag_status(l->d), 4);
}

/* Texts that make a careless parser slow or deep. */
static void test_hostile(void **state)
{
    static const char *const UNITS[] = {"[", "*a ", "`a", "![", "<a ", "[a](",
        "_a*", "&amp;", "[^a", "\\[^", "]:", "[a]: "};
    for (size_t i = 0; i < sizeof UNITS / sizeof *UNITS; i++) {
        struct load *l = new_load(*state);
        struct buf text = buf_new(*state);
        while (text.n < 50000)
            buf_puts(&text, UNITS[i]);
        struct doc *doc = resolve_body(l, text.s);
        assert_int_equal(doc->body.n, 1);
    }
}

/* Each word of a span, but in quotes that YAML doubles or escapes, stands in
 * the file where the span says. */
static void check_words(struct load *l, const struct span *s)
{
    const char *file = files_at(l->files, s->pos.file)->s + s->pos.off;
    for (size_t i = 0, n; i < s->s.n; i += n + 1) {
        const char *blank = memchr(s->s.s + i, ' ', s->s.n - i);
        n = blank ? (size_t)(blank - s->s.s) - i : s->s.n - i;
        if (s->fixed)
            assert_memory_equal(file, "$(", 2);
        else if (n && s->s.s[i] != '\'' && s->s.s[i] != '"' &&
            memcmp(file + i, s->s.s + i, n) != 0)
            fail_msg("no '%.*s' at '%.20s'", (int)n, s->s.s + i, file + i);
    }
}

static void test_words_in_place(void **state)
{
    static const char *const BODIES[] = {
        "|\n  one  two\n  three four\n     five \\& \\*six seven\n",
        "|\n  > one two\n  > three &amp; four\n\n  - five\n    six  seven\n",
        ">\n  one  two\n  three four\n\n  five\n  six seven\n",
        "\"one \\\"two\\\" three\\n four five \\\n  six\n  seven\"\n",
        "'one ''two'' three\n\n  four\n  five six'\n",
        "one two\n  three  four\n\n  five six\n",
        "|\n  a $(report.status-date) b $(report.status-date) c d\n",
        "|\n  ```\n  one two\n    three  four\n  ```\n"};
    for (size_t i = 0; i < sizeof BODIES / sizeof *BODIES; i++) {
        struct load *l = new_load(*state);
        struct doc *doc =
            resolve_report(l, arena_printf(l->a, "body: %s", BODIES[i]));
        assert_string_equal(short_messages(l), "");
        for (uint32_t k = 0; k < doc->body.n; k++) {
            const struct block *b = &doc->body.b[k];
            for (uint32_t j = 0; b->kind == BLOCK_PARAGRAPH && j < b->text.n;
                 j++)
                check_words(l, &b->text.spans[j]);
            for (uint32_t j = 0; j < b->nlines; j++)
                check_words(l, b->lines[j].spans);
        }
    }
}

/* Parse with that much memory; false if it ran out. */
static bool parse_within(size_t limit, const char *text)
{
    static struct arena_budget budget;
    budget = (struct arena_budget){.limit = limit};
    struct arena *a = arena_new(&budget);
    assert_non_null(a);
    bool enough = false;
    if (setjmp(budget.jump) == 0) {
        resolve_body(new_load(a), text);
        enough = true;
    }
    arena_free(a);
    return enough;
}

/* Memory that runs out at any point: a sanitizer finds what is left of it. */
static void test_memory(void **state)
{
    enum { STEP = 10000, MOST = 10000000 };
    struct buf text = buf_new(*state);
    for (unsigned i = 0; i < 400; i++)
        buf_puts(&text, "- *a* [b](https://x.org/_c_)\n\n");
    size_t limit = 3 * (size_t)STEP;
    while (!parse_within(limit, text.s) && limit < MOST)
        limit += STEP;
    assert_in_range(limit, 10 * STEP, MOST - 1);
}

int main(void)
{
#define TEST(f) \
    cmocka_unit_test_setup_teardown(f, set_up_arena, tear_down_arena)
    const struct CMUnitTest tests[] = {TEST(test_spans), TEST(test_blocks),
        TEST(test_links), TEST(test_addresses), TEST(test_values),
        TEST(test_inline_only), TEST(test_inline_lines), TEST(test_refused),
        TEST(test_definitions), TEST(test_bad_links), TEST(test_places),
        TEST(test_places_of_styles), TEST(test_places_of_words),
        TEST(test_words_in_place), TEST(test_nesting), TEST(test_long),
        TEST(test_hostile), TEST(test_memory)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
