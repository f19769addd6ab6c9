/* Addresses of links: which may be used, and how they are written. */
#include "inline/inline_int.h"

#include <string.h>

enum { URI_MOST = 2000 }; /* [bytes] */

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static bool begins_with(struct slice s, const char *with)
{
    size_t n = strlen(with);
    for (size_t i = 0; i < n; i++) {
        if (i == s.n || lower(s.s[i]) != with[i])
            return false;
    }
    return true;
}

bool inline_is_address(struct slice s)
{
    return begins_with(s, "http://") || begins_with(s, "https://") ||
        begins_with(s, "mailto:");
}

/*
 * The scheme as a browser would see it, which passes over blanks and
 * controls: at most room - 1 bytes, in small letters; empty if there is none.
 */
static void read_scheme(struct slice s, char *out, size_t room)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n && n + 1 < room; i++) {
        char c = lower(s.s[i]);
        if (c == ':') {
            out[n] = '\0';
            return;
        }
        if ((unsigned char)c <= ' ' || c == 0x7f)
            continue;
        bool other = (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
        if (!(c >= 'a' && c <= 'z') && !(other && n))
            break;
        out[n++] = c;
    }
    out[0] = '\0';
}

/* What is wrong with an address, or NULL. */
static const char *find_fault(struct arena *a, struct slice s)
{
    char scheme[32];
    read_scheme(s, scheme, sizeof scheme);
    if (!scheme[0])
        return "the address of a link begins with https://, or with # for an "
               "id of this report";
    bool web = strcmp(scheme, "http") == 0 || strcmp(scheme, "https") == 0;
    if (!web && strcmp(scheme, "mailto") != 0)
        return arena_printf(a,
            "a link with the scheme '%s': http, https and mailto may be used",
            scheme);
    for (size_t i = 0; i < s.n; i++) {
        if ((unsigned char)s.s[i] < ' ' || s.s[i] == 0x7f)
            return "a control character in the address of a link";
    }
    if (!inline_is_address(s))
        return arena_printf(a, "this address does not begin with '%s:%s'",
            scheme, web ? "//" : "");
    const char *colon = memchr(s.s, ':', s.n);
    size_t at = (size_t)(colon - s.s) + (web ? 3 : 1);
    if (at >= s.n || strchr(web ? "/?#:@ " : " ?", s.s[at]))
        return web ? "this address names no host" : "this names no mailbox";
    return NULL;
}

static bool is_hex(char c)
{
    return (c >= '0' && c <= '9') || (lower(c) >= 'a' && lower(c) <= 'f');
}

/* May byte i of an address stand as it is? */
static bool is_plain(struct slice s, size_t i)
{
    char c = s.s[i];
    if (c == '%')
        return i + 2 < s.n && is_hex(s.s[i + 1]) && is_hex(s.s[i + 2]);
    return c > ' ' && c < 0x7f && !strchr("\"<>\\^`{|}", c);
}

struct slice inline_uri(struct arena *a, struct slice href, const char **why)
{
    *why = find_fault(a, href);
    if (*why)
        return (struct slice){0};
    struct buf out = buf_new(a);
    for (size_t i = 0; i < href.n; i++) {
        if (is_plain(href, i))
            buf_putc(&out, href.s[i]);
        else
            buf_printf(&out, "%%%02X", (unsigned)(unsigned char)href.s[i]);
    }
    if (out.n > URI_MOST) {
        *why = arena_printf(
            a, "an address of %zu bytes, more than %d", out.n, (int)URI_MOST);
        return (struct slice){0};
    }
    return (struct slice){out.s, out.n};
}
