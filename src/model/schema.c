/* The JSON Schema of reports, written from the tables that read them. */
#include "base/json.h"
#include "model/keys_int.h"

#include <string.h>

enum { DEFS_MOST = 128 };

struct def {
    const struct type *type;
    bool change;
};

struct schema {
    struct arena *a;
    struct def defs[DEFS_MOST]; /* in the order of their first use */
    size_t ndefs;
    /*
     * Write a type as what changes an inherited value: no key is required, and
     * null removes one. Lists are replaced, so what is in them is whole again.
     */
    bool change;
};

static struct json *value_json(struct schema *s, const struct type *t);

static void add_str(struct json *to, const char *key, const char *value)
{
    json_add_str(to, key, slice_of(value));
}

static struct json *typed(struct arena *a, const char *type)
{
    struct json *v = json_new_object(a);
    add_str(v, "type", type);
    return v;
}

static struct json *reference(struct arena *a, const char *def)
{
    struct json *v = json_new_object(a);
    add_str(v, "$ref", arena_printf(a, "#/definitions/%s", def));
    return v;
}

/* Is it merged key by key, so that a change of it has another form? */
static bool is_merged(const struct type *t)
{
    bool merged = t->kind == TYPE_MAP || t->kind == TYPE_NAMED;
    for (size_t i = 0; t->kind == TYPE_ONE_OF && t->forms[i]; i++)
        merged = merged || is_merged(t->forms[i]);
    return merged;
}

static const char *def_name(struct arena *a, const struct def *def)
{
    return def->change ? arena_printf(a, "%s-change", def->type->def)
                       : def->type->def;
}

/* A type with a name is written once, and referred to. */
static struct json *type_json(struct schema *s, const struct type *t)
{
    struct def def = {t, s->change && is_merged(t)};
    if (!t->def)
        return value_json(s, t);
    size_t i = 0;
    while (i < s->ndefs &&
        (strcmp(s->defs[i].type->def, t->def) != 0 ||
            s->defs[i].change != def.change))
        i++;
    if (i == s->ndefs && i < DEFS_MOST)
        s->defs[s->ndefs++] = def;
    return reference(s->a, def_name(s->a, &def));
}

/* The value of a key; in a change it may be null. */
static struct json *key_json(struct schema *s, const struct type *t)
{
    if (!s->change)
        return type_json(s, t);
    struct json *v = json_new_object(s->a), *any = json_new_array(s->a);
    json_add(any, NULL, type_json(s, t));
    json_add(any, NULL, typed(s->a, "null"));
    json_add(v, "anyOf", any);
    return v;
}

/* One of these alternatives must hold: each names one key that is given. */
static void add_choice(
    struct arena *a, struct json *to, const struct keys *keys)
{
    struct json *any = json_new_array(a);
    for (size_t i = 0; i < keys->choice; i++) {
        struct json *one = json_new_object(a), *names = json_new_array(a);
        add_str(names, NULL, keys->list[i].name);
        json_add(one, "required", names);
        json_add(any, NULL, one);
    }
    json_add(to, keys->exclusive ? "oneOf" : "anyOf", any);
}

#define ID "^[a-z][a-z0-9-]*$"
#define SQL_NAME "^[a-z_][a-z0-9_]*$"

/* Further keys have the form of an id, or of a name in SQL, and such values. */
static void add_others(struct schema *s, struct json *map, const struct type *t,
    const char *pattern)
{
    struct json *names = json_new_object(s->a);
    add_str(names, "pattern", pattern);
    json_add(map, "propertyNames", names);
    json_add(map, "additionalProperties", key_json(s, t));
}

static void add_map(struct schema *s, struct json *map, const struct keys *keys)
{
    struct json *properties = json_new_object(s->a), *required = NULL;
    for (size_t i = 0; i < keys->n; i++) {
        const struct key *key = &keys->list[i];
        struct json *value = key_json(s, key->type);
        add_str(value, "description", key->what);
        json_add(properties, key->name, value);
        if (!key->required || s->change)
            continue;
        required = required ? required : json_new_array(s->a);
        add_str(required, NULL, key->name);
    }
    add_str(map, "type", "object");
    json_add(map, "properties", properties);
    if (required)
        json_add(map, "required", required);
    if (keys->others)
        add_others(s, map, keys->others, ID);
    else
        json_add_bool(map, "additionalProperties", false);
    if (keys->choice && !s->change)
        add_choice(s->a, map, keys);
}

static struct json *map_json(struct schema *s, const struct keys *keys)
{
    struct json *map = json_new_object(s->a);
    add_map(s, map, keys);
    return map;
}

/* A list's item may be a file to include instead. */
static struct json *list_json(struct schema *s, const struct type *t)
{
    struct json *list = typed(s->a, "array"), *item = json_new_object(s->a);
    struct json *any = json_new_array(s->a);
    bool change = s->change;
    s->change = false;
    json_add(any, NULL, type_json(s, t->item));
    s->change = change;
    json_add(any, NULL, reference(s->a, "include"));
    json_add(item, "anyOf", any);
    json_add(list, "items", item);
    if (t->flags & TYPE_SOME)
        json_add_int(list, "minItems", 1);
    if (t->max)
        json_add_int(list, "maxItems", t->max);
    return list;
}

static struct json *one_of_json(struct schema *s, const struct type *t)
{
    struct json *v = json_new_object(s->a), *any = json_new_array(s->a);
    for (const struct type *const *form = t->forms; *form; form++)
        json_add(any, NULL, type_json(s, *form));
    json_add(v, "anyOf", any);
    return v;
}

static void add_names(
    struct arena *a, struct json *to, const char *key, const char *const *names)
{
    struct json *values = json_new_array(a);
    for (; *names; names++)
        add_str(values, NULL, *names);
    json_add(to, key, values);
}

/* What YAML's own rules would make a number or a switch is a text to us. */
static struct json *text_json(struct arena *a, bool some)
{
    static const char *const ANY[] = {
        "string", "number", "boolean", "null", NULL};
    static const char *const SOME[] = {"string", "number", "boolean", NULL};
    struct json *v = json_new_object(a);
    add_names(a, v, "type", some ? SOME : ANY);
    if (some)
        add_str(v, "pattern", "[^ \\t\\n]");
    return v;
}

static struct json *pattern_json(struct arena *a, const char *pattern)
{
    struct json *v = typed(a, "string");
    add_str(v, "pattern", pattern);
    return v;
}

static struct json *enum_json(struct arena *a, const char *const *names)
{
    struct json *v = json_new_object(a);
    add_names(a, v, "enum", names);
    return v;
}

/* Quotes do not matter to us: 3 and "3", true and "true" are the same. */
static struct json *switch_json(struct arena *a, bool may_be_false)
{
    struct json *v = json_new_object(a), *values = json_new_array(a);
    json_add_bool(values, NULL, true);
    add_str(values, NULL, "true");
    if (may_be_false) {
        json_add_bool(values, NULL, false);
        add_str(values, NULL, "false");
    }
    json_add(v, "enum", values);
    return v;
}

static struct json *int_json(struct arena *a, const struct type *t)
{
    static const char *const TYPES[] = {"integer", "string", NULL};
    struct json *v = json_new_object(a);
    add_names(a, v, "type", TYPES);
    json_add_int(v, "minimum", t->min);
    json_add_int(v, "maximum", t->max);
    add_str(v, "pattern", "^-?[0-9]+$");
    return v;
}

static struct json *named_json(struct schema *s, const struct type *t)
{
    struct json *v = typed(s->a, "object");
    if (t->flags & (TYPE_IDS | TYPE_SQL))
        add_others(s, v, t->item, t->flags & TYPE_IDS ? ID : SQL_NAME);
    else
        json_add(v, "additionalProperties", key_json(s, t->item));
    return v;
}

#define NUMBER "[0-9]+(\\.[0-9]{1,3})?"

static struct json *value_json(struct schema *s, const struct type *t)
{
    struct arena *a = s->a;
    switch ((enum type_kind)t->kind) {
    case TYPE_TEXT:
    case TYPE_WORD:
        return text_json(a, t->flags & TYPE_SOME);
    case TYPE_ID:
        return pattern_json(
            a, t->flags & TYPE_VALUES ? "^([a-z][a-z0-9-]*|.*\\$\\(.*)$" : ID);
    case TYPE_FILE:
    case TYPE_LANGUAGE:
    case TYPE_PATTERN:
        return typed(a, "string");
    case TYPE_BOOL:
    case TYPE_TRUE:
        return switch_json(a, t->kind == TYPE_BOOL);
    case TYPE_INT:
        return int_json(a, t);
    case TYPE_LENGTH:
        return pattern_json(a, "^" NUMBER "(mm|cm|pt|in)$");
    case TYPE_WIDTH:
        return pattern_json(a,
            t->flags & TYPE_SET ? "^" NUMBER "(mm|cm|pt|in|fr)$"
                                : "^(" NUMBER "(mm|cm|pt|in|fr)|auto)$");
    case TYPE_COLOUR:
        return pattern_json(a,
            t->flags & TYPE_NONE ? "^(#[0-9A-Fa-f]{6}|none)$"
                                 : "^#[0-9A-Fa-f]{6}$");
    case TYPE_DATE:
        return pattern_json(a, "^[0-9]{4}-[0-9]{2}-[0-9]{2}$");
    case TYPE_ENUM:
        return enum_json(a, t->names);
    case TYPE_MAP:
        return map_json(s, t->map);
    case TYPE_NAMED:
        return named_json(s, t);
    case TYPE_LIST:
        return list_json(s, t);
    case TYPE_ONE_OF:
        break;
    }
    return one_of_json(s, t);
}

static struct json *include_json(struct arena *a)
{
    struct json *v = typed(a, "object"), *file = typed(a, "string");
    struct json *properties = json_new_object(a), *required = json_new_array(a);
    add_str(v, "description", "A file whose content stands here instead");
    add_str(file, "description", "A path, relative to the file it stands in");
    json_add(properties, "include", file);
    json_add(v, "properties", properties);
    add_str(required, NULL, "include");
    json_add(v, "required", required);
    json_add_bool(v, "additionalProperties", false);
    return v;
}

/* A report that extends another one is a change of it, any other is whole. */
static void add_report(struct schema *s, struct json *root)
{
    struct json *extends = json_new_object(s->a), *names = json_new_array(s->a);
    add_str(names, NULL, "extends");
    json_add(extends, "required", names);
    json_add(root, "if", extends);
    s->change = true;
    json_add(root, "then", map_json(s, &model_report_keys));
    s->change = false;
    json_add(root, "else", map_json(s, &model_report_keys));
    struct json *needs = json_new_object(s->a), *needed = json_new_array(s->a);
    add_str(needed, NULL, "extends");
    json_add(needs, "parts", needed);
    json_add(root, "dependencies", needs);
}

/* Write what was referred to; writing one definition may bring up others. */
static struct json *definitions_json(struct schema *s)
{
    struct json *definitions = json_new_object(s->a);
    for (size_t i = 0; i < s->ndefs; i++) {
        const struct def *def = &s->defs[i];
        s->change = def->change;
        struct json *v = value_json(s, def->type);
        add_str(v, "title", def_name(s->a, def));
        add_str(v, "description", def->type->what);
        json_add(definitions, def_name(s->a, def), v);
    }
    return definitions;
}

void model_schema(struct arena *a, struct buf *out)
{
    struct schema *s = ARENA_NEW(a, struct schema);
    s->a = a;
    struct json *root = json_new_object(a);
    add_str(root, "$schema", "http://json-schema.org/draft-07/schema#");
    add_str(root, "title", "Rapporteur report");
    add_str(root, "description", "An official report, as rapporteur reads it");
    add_report(s, root);
    struct json *definitions = definitions_json(s);
    json_add(definitions, "include", include_json(a));
    json_add(root, "definitions", definitions);
    json_write(root, out);
}
