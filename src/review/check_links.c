/* Links whose text does not say where they lead. */
#include "review/checks_int.h"

#include "base/uni.h"

#include <string.h>

/* In small letters, without marks around them. */
static const struct {
    const char *lang; /* primary language */
    const char *const *words; /* ends with NULL */
} VAGUE[] = {
    {"en",
        (const char *const[]){"here", "click here", "click", "see here", "this",
            "this link", "this page", "link", "more", "read more", "learn more",
            "more information", "see more", NULL}},
    {"fr",
        (const char *const[]){"ici", "cliquez ici", "cliquer ici", "voir ici",
            "ce lien", "cette page", "lien", "plus", "en savoir plus",
            "lire la suite", "plus d'informations", "plus d’informations",
            NULL}},
    {"es",
        (const char *const[]){"aquí", "aqui", "haga clic aquí", "haz clic aquí",
            "pulse aquí", "ver aquí", "este enlace", "esta página", "enlace",
            "más", "leer más", "más información", "ver más", NULL}},
    {"de",
        (const char *const[]){"hier", "hier klicken", "klicken sie hier",
            "dieser link", "diese seite", "link", "mehr", "weiterlesen",
            "mehr erfahren", "weitere informationen", NULL}},
    {"pt",
        (const char *const[]){"aqui", "clique aqui", "este link", "esta página",
            "link", "mais", "leia mais", "saiba mais", "mais informações",
            NULL}},
    {"it",
        (const char *const[]){"qui", "clicca qui", "questo link",
            "questa pagina", "link", "altro", "leggi di più",
            "maggiori informazioni", NULL}},
    {"ru",
        (const char *const[]){"здесь", "тут", "нажмите здесь", "по ссылке",
            "эта ссылка", "ссылка", "подробнее", "далее", NULL}},
    {"zh",
        (const char *const[]){
            "这里", "此处", "点击这里", "点击此处", "链接", "更多", NULL}}};

/* Longer than any of them. */
enum { VAGUE_MOST = 64 };

struct links {
    struct checks *c;
    bool *vague; /* by link: its text is, in some language */
    uint32_t left; /* of these, not met yet */
};

/* A text as it stands in the list: blanks as one, marks around it left out. */
static struct slice plain_words(char out[VAGUE_MOST * 2], struct slice s)
{
    size_t n = 0, end = 0, len;
    for (size_t i = 0; i < s.n && n + 5 < (size_t)VAGUE_MOST * 2; i += len) {
        uint32_t cp;
        len = utf8_decode(s.s + i, s.n - i, &cp);
        if (!len)
            return (struct slice){0};
        bool letter = uni_is_letter(cp) || uni_is_mark(cp);
        bool blank = cp == ' ' || cp == 0xa0;
        if (!n && !letter)
            continue;
        if (blank && out[n - 1] == ' ')
            continue;
        n += blank ? (size_t)(out[n] = ' ', 1)
                   : utf8_encode(uni_lower(cp), out + n);
        end = letter ? n : end;
    }
    return (struct slice){out, end};
}

/* Is it one of the words, in that language or, if that is NULL, in any? */
static bool is_vague(struct slice text, const char *lang)
{
    char words[VAGUE_MOST * 2];
    if (!text.n || text.n > VAGUE_MOST)
        return false;
    struct slice s = plain_words(words, text);
    size_t primary = lang ? strcspn(lang, "-") : 0;
    for (size_t i = 0; i < sizeof VAGUE / sizeof *VAGUE; i++) {
        if (lang && !slice_is((struct slice){lang, primary}, VAGUE[i].lang))
            continue;
        for (const char *const *w = VAGUE[i].words; *w; w++) {
            if (slice_is(s, *w))
                return true;
        }
    }
    return false;
}

/* Where a link leads, as it is accepted. */
static struct slice leads_to(struct checks *c, const struct link *link)
{
    if (link->uri.n)
        return link->uri;
    struct slice id = c->doc->targets[link->target].id;
    return slice_of(arena_printf(c->a, "#%.*s", (int)id.n, id.s));
}

static void check_text(void *to, const struct rich *text)
{
    struct links *in = to;
    struct checks *c = in->c;
    const struct doc *doc = c->doc;
    for (uint32_t i = 0; i < text->n && in->left; i++) {
        const struct span *s = &text->spans[i];
        if (!s->link || !in->vague[s->link])
            continue;
        const struct link *link = &doc->links[s->link];
        in->vague[s->link] = false;
        in->left--;
        if (!is_vague(link->text, doc->langs[s->lang]))
            continue;
        struct slice where = leads_to(c, link);
        if (!checks_find(c, LINT_LINK, where, s->pos,
                "the text of this link is only %s",
                diag_quote(c->l->d, link->text)))
            continue;
        if (!c->hinted[LINT_LINK])
            diag_hint(c->l->d,
                "let it say what is there: who hears or searches links sees only "
                "their texts");
        checks_hint(c, LINT_LINK, where);
    }
}

static void check_cells(void *to, const struct table_doc *table)
{
    const struct rows *rows = table->rows;
    size_t n = (size_t)rows->count * rows->ncolumns;
    const struct links *in = to;
    for (size_t i = 0; i < n && in->left; i++) {
        if (rows->cells[i].kind == CELL_RICH)
            check_text(to, rows->cells[i].rich);
    }
}

void check_links(struct checks *c)
{
    const struct doc *doc = c->doc;
    if (!checks_on(c, LINT_LINK) || doc->nlinks < 2)
        return;
    /* Mostly there is none, and no text need be looked at. */
    struct links in = {.c = c, .vague = ARENA_ARRAY(c->a, doc->nlinks, bool)};
    for (uint32_t i = 1; i < doc->nlinks; i++) {
        in.vague[i] = is_vague(doc->links[i].text, NULL);
        in.left += in.vague[i];
    }
    checks_walk(doc,
        &(struct walk){.to = &in, .text = check_text, .table = check_cells});
}
