/* The one interface between the stages and the object kinds.  Stages loop over objects and call these hooks; they never
 * name a kind.  Payload headers (kinds/<kind>/<kind>.h) are plain data and may be read by any stage.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef LX_KINDS_KIND_H
#define LX_KINDS_KIND_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ir/schema.h"
#include "kinds/attr.h"

struct lx_arena;
struct lx_cursor;
struct lx_declare; /* check/declare.h: the state of turning items into objects */
struct lx_depends; /* plan/depends.h */
struct lx_follow;  /* diff/follow.h */
struct lx_item;
struct lx_kind_catalog; /* introspect/catalog.h */
struct lx_printer;      /* snapshot/printer.h */
struct lx_sql;          /* sql/emit.h */

enum { LX_ATTRS_MAX = 32 }; /* a change mask is 32 bits */

struct lx_kind_info {
	const char *words[3]; /* what begins a declaration: "index"; "primary", "unique"; none: columns */
	const char *form;     /* what a declaration looks like, for messages: "enum Name { label, … }" */
	const char *title;    /* for messages: "table" */
	size_t size;          /* of the payload */
	const struct lx_attr *attrs;
	size_t attr_count;
	bool is_child;           /* lives in a parent */
	bool has_schema;         /* top-level and inside an SQL schema */
	bool is_overloaded;      /* told apart by their signatures too, which are known once the types are */
	bool is_database_object; /* false: query, seed: never in the snapshot, the diff or the SQL */
};

struct lx_kind_source {
	/* Turns one item into objects (usually one), added to the schema or to PARENT.  The leading word is still
	 * there. */
	void (*declare)(struct lx_declare *declare, const struct lx_item *item, struct lx_object *parent);
	/* After everything is declared: looks up references, chooses default names, checks what needs the whole schema.
	 */
	void (*resolve)(struct lx_declare *declare, struct lx_object *object);
	/* The declaration in canonical form, with explicit SQL names; parsing it again gives an equal object. */
	void (*print)(struct lx_printer *printer, const struct lx_object *object);
};

/* What a dependent does when something it was created on changes below it.  By structure: the columns of a key, the
 * function of a trigger; by text: names that occur in its SQL. */
enum lx_reaction {
	LX_ON_RETYPE_STRUCTURE =
	    1, /* a column gets another type, or a type is replaced: drop and create it around that */
	LX_ON_RETYPE_TEXT = 2,
	LX_ON_LIGHT_RETYPE = 4,   /* even if only the type's modifiers change */
	LX_ON_GONE_STRUCTURE = 8, /* something is dropped and created again */
	LX_ON_GONE_TEXT = 16
};

struct lx_kind_sql {
	/* How DROP, COMMENT ON and ALTER name the object: "TABLE public.users", "TRIGGER touch ON public.users".  NULL:
	 * they cannot. */
	void (*identity)(struct lx_sql *sql, const struct lx_object *object);
	/* Objects that must exist before this one can be created. */
	void (*depends)(struct lx_depends *depends, const struct lx_object *object);
	/* COPY is a copy of an old object and NEW what becomes of it (NULL: it is dropped).  Makes the references in
	 * COPY that PostgreSQL follows when something is renamed say the new names. */
	void (*follow)(struct lx_follow *follow, struct lx_object *copy, const struct lx_object *new);
	/* The line in the parent's CREATE: columns, keys, checks; no statement.  NULL: the object has its own
	 * statement. */
	void (*define)(struct lx_sql *sql, const struct lx_object *object);
	/* True when this object has a line of its kind but cannot be in the parent's CREATE: there is more to say than
	 * the line can, or it uses what uses the parent.  NULL: none. */
	bool (*stands_apart)(const struct lx_object *object);
	/* Each writes whole statements. */
	void (*create)(struct lx_sql *sql, const struct lx_object *object);
	void (*drop)(struct lx_sql *sql, const struct lx_object *object);
	/* Turns OLD into NEW, whose attributes in CHANGED (bits by attribute number) differ.  False: it cannot, replace
	 * it. */
	bool (*alter)(struct lx_sql *sql, const struct lx_object *old, const struct lx_object *new, uint32_t changed);
	/* OLD is renamed to NEW's name (same kind, same parent); labels of an enum too. */
	void (*rename)(struct lx_sql *sql, const struct lx_object *old, const struct lx_object *new);
	/* Lets go of what the object's expressions refer to, without dropping it, and returns what is left, which alter
	 * turns into the new one.  NULL: it has to be replaced. */
	const struct lx_object *(*release)(struct lx_sql *sql, const struct lx_object *old);
	/* Other names by which SQL text means the object, const char * in ARENA: a range's multirange. */
	struct lx_vec (*other_names)(struct lx_arena *arena, const struct lx_object *object);
	/* Makes the object, or one that IS_THERE already, into one that is named and typed alike but uses nothing else,
	 * and returns that, which alter turns into the whole one: for loops of objects that need each other.  NULL: it
	 * cannot. */
	const struct lx_object *(*sketch)(struct lx_sql *sql, const struct lx_object *object, bool is_there);
	/* True when columns that have OLD's type may keep their values in the type NEW: then it is replaced under their
	 * feet. */
	bool is_type;
	bool may_be_type;   /* nothing is known about its text, which may make a type that columns have */
	bool has_body;      /* PostgreSQL can be told not to check its text when it is made */
	unsigned reactions; /* set of enum lx_reaction */
	/* Reactions of OBJECT beside those of its kind. */
	unsigned (*more_reactions)(const struct lx_object *object);
	/* What OBJECT is a share of, and its own shares: of two such that stay, none is dropped without the other. */
	const struct lx_object *(*whole)(const struct lx_object *object);
	const struct lx_vec *(*parts)(const struct lx_object *object);
	/* Calls FOUND for what the making or changing of OBJECT would spoil: it is dropped before, and created behind.
	 */
	void (*upsets)(const struct lx_object *object, void (*found)(void *context, const struct lx_object *other),
		       void *context);
	uint32_t retypes; /* attribute bits whose change makes dependents react to a new type */
	/* True when OLD to NEW changes only what cannot matter to expressions (modifiers). */
	bool (*is_light)(const struct lx_object *old, const struct lx_object *new);
	/* What OBJECT, which stays, gives to CREATED as soon as that is made, as an object of this kind in ARENA; NULL:
	 * nothing. Default privileges do that.  MERGE adds what another one gives; RELEASE makes the empty object. */
	struct lx_object *(*gives)(struct lx_arena *arena, const struct lx_object *object,
				   const struct lx_object *created);
	void (*merge)(struct lx_arena *arena, struct lx_object *given, const struct lx_object *other);
	/* True when every database is born with the object: it is neither made nor dropped, only its comment is told.
	 */
	bool (*is_inborn)(const struct lx_object *object);
	/* The comment that the object has by itself, which no comment in the models means; NULL: none, or not known. */
	const char *(*own_comment)(const struct lx_object *object);
	/* OBJECT is not in the schema OTHER (where PARENT is what its parent is there; NULL: top-level).  When it
	 * comes, or is DROPPED, with what it belongs to (an inherited column with the one above it, a sequence with its
	 * column): what it is then, to be altered to what it should be.  NULL: it has to be made, or dropped, by
	 * itself. */
	const struct lx_object *(*implied)(struct lx_arena *arena, const struct lx_object *object,
					   const struct lx_schema *other, const struct lx_object *parent,
					   bool is_dropped);
	/* The name of a relation that OLD holds and NEW (NULL: it is dropped) does not: it has to be let go of before
	 * something else gets that name.  NULL: none. */
	const char *(*frees)(struct lx_arena *arena, const struct lx_object *old, const struct lx_object *new);
	/* Like release, for that name. */
	const struct lx_object *(*free_name)(struct lx_sql *sql, const struct lx_object *old);
	/* True when the statements would rather run outside a transaction (CREATE INDEX CONCURRENTLY). */
	bool (*is_concurrent)(const struct lx_object *object);
};

const struct lx_kind_info *lx_kind_info(enum lx_kind kind);
const struct lx_kind_source *lx_kind_source(enum lx_kind kind);
const struct lx_kind_sql *lx_kind_sql(enum lx_kind kind);
/* The parent's CREATE contains CHILD. */
bool lx_kind_is_line(const struct lx_object *child);
/* How the kind is read from a server (introspect/catalog.h). */
const struct lx_kind_catalog *lx_kind_catalog(enum lx_kind kind);
/* The words that declarations begin with, to look up. */
struct lx_kind_words;
const struct lx_kind_words *lx_kind_words_make(struct lx_arena *arena);
/* The kind whose declarations begin with WORD; IS_CHILD says which namespace of words.  LX_KIND_COUNT: none. */
enum lx_kind lx_kind_find(const struct lx_kind_words *words, const char *word, bool is_child);
#endif
