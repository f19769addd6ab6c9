/* Streams packed on several cores, in one order. */
#define _GNU_SOURCE
#include "pdf/squeeze_int.h"

#include <libdeflate.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <string.h>

enum {
    /* zlib's size at twice its speed. */
    LEVEL = 6,
    /* Threads if no number is given: one can paint for no more; at all. */
    MANY_JOBS = 8,
    MOST_JOBS = 64,
    /* [bytes] What is smaller is packed sooner than it is handed over. */
    SMALL = 512,
    /* [bytes] The buffers of what is larger go when it has come out. */
    LARGE = 1 << 18,
    /* [bytes] What is larger is not copied. */
    VERY_LARGE = 1 << 24,
    /* [bytes] So much waits at most, but for one that is larger. */
    MOST_WAITING = 1 << 25,
    /* [bytes] handed over or not: less is done before a thread is of use. */
    START_AFTER = 1 << 18,
    /* So many streams wake a sleeping thread, which costs as much as one … */
    WAKE = 4,
    /* [bytes] … or one of this size does. */
    WAKE_SIZE = 1 << 15,
    /* [bytes] Not so large that a stack is given a very_large page. */
    STACK = 1 << 18
};

/* A stream as it is put in. */
struct put {
    uint32_t id;
    bool compress;
    struct slice entries, data;
};

/* A place of the ring, and the stream in it. */
struct slot {
    uint32_t id;
    bool compress;
    bool done; /* packed; guarded by the lock */
    struct buf entries;
    struct slice data; /* as it was put in, or its copy */
    char *to; /* where it goes to, with a front and a back */
    size_t room; /* [bytes] there, without them */
    size_t n; /* [bytes] packed */
    struct buf in, out; /* kept for the streams to come */
    struct arena *own; /* in place of them, for a large one; NULL: not one */
};

struct worker {
    struct squeeze *q;
    struct libdeflate_compressor *zip;
    pthread_t thread;
};

/*
 * Streams are counted from 0 as they are put in; number i lies in slot
 * i % nslots. Those before `first` have come out, those before `claimed` are
 * packed or being packed, those before `end` are in.
 */
struct squeeze {
    struct arena *a;
    squeeze_out_fn out;
    void *owner;
    struct libdeflate_compressor *zip; /* of the caller's thread */
    struct slot *slots;
    uint32_t nslots;
    size_t waiting; /* [bytes] of data, in the ring */
    uint64_t first; /* the caller's thread's own */
    size_t seen; /* [bytes] put in, until threads are started */
    unsigned jobs;
    struct worker *workers;
    unsigned nworkers; /* running */

    pthread_mutex_t lock; /* of all that follows, and of each slot's `done` */
    pthread_cond_t work, done;
    uint64_t claimed, end;
    unsigned idle; /* workers that wait for work */
    bool stop;
};

/* Those that this process may use. */
static unsigned cores(void)
{
    cpu_set_t set;
    int n = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
    return n < MANY_JOBS ? (unsigned)n : MANY_JOBS;
}

/* Stop and join the threads, then free what is not the arena's. */
static void squeeze_free(void *p)
{
    struct squeeze *q = p;
    pthread_mutex_lock(&q->lock);
    q->stop = true;
    pthread_cond_broadcast(&q->work);
    pthread_mutex_unlock(&q->lock);
    for (unsigned i = 0; i < q->nworkers; i++) {
        pthread_join(q->workers[i].thread, NULL);
        libdeflate_free_compressor(q->workers[i].zip);
    }
    pthread_cond_destroy(&q->done);
    pthread_cond_destroy(&q->work);
    pthread_mutex_destroy(&q->lock);
    for (uint32_t i = 0; i < q->nslots; i++)
        arena_free(q->slots[i].own);
    if (q->zip)
        libdeflate_free_compressor(q->zip);
}

struct squeeze *squeeze_new(
    struct arena *a, unsigned jobs, squeeze_out_fn out, void *owner)
{
    struct squeeze *q = ARENA_NEW(a, struct squeeze);
    q->a = a;
    q->out = out;
    q->owner = owner;
    q->jobs = !jobs ? cores() : jobs < MOST_JOBS ? jobs : MOST_JOBS;
    q->nslots = q->jobs == 1 ? 1 : 4 * q->jobs + 4;
    q->slots = ARENA_ARRAY(a, q->nslots, struct slot);
    q->workers = ARENA_ARRAY(a, q->jobs - 1, struct worker);
    for (uint32_t i = 0; i < q->nslots; i++) {
        struct slot *s = &q->slots[i];
        s->entries = s->in = s->out = buf_new(a);
    }
    if (pthread_mutex_init(&q->lock, NULL) ||
        pthread_cond_init(&q->work, NULL) || pthread_cond_init(&q->done, NULL))
        arena_exhausted(a);
    arena_on_free(a, squeeze_free, q);
    q->zip = libdeflate_alloc_compressor(LEVEL);
    if (!q->zip)
        arena_exhausted(a);
    return q;
}

unsigned squeeze_threads(const struct squeeze *q)
{
    return q->nworkers;
}

/* Pack the slot's data to where there is room for them. On any thread. */
static void pack(struct slot *s, struct libdeflate_compressor *zip)
{
    s->n = s->data.n;
    if (s->compress)
        s->n =
            libdeflate_zlib_compress(zip, s->data.s, s->data.n, s->to, s->room);
    else if (s->n)
        memcpy(s->to, s->data.s, s->n);
}

/* The oldest stream that nobody packs; NULL if there is none. Locked. */
static struct slot *claim(struct squeeze *q)
{
    while (q->claimed < q->end) {
        struct slot *s = &q->slots[q->claimed++ % q->nslots];
        if (!s->done)
            return s;
    }
    return NULL;
}

/* Pack what was claimed. Locked before and after. */
static void pack_claimed(
    struct squeeze *q, struct slot *s, struct libdeflate_compressor *zip)
{
    pthread_mutex_unlock(&q->lock);
    pack(s, zip);
    pthread_mutex_lock(&q->lock);
    s->done = true;
}

static void *work(void *p)
{
    const struct worker *w = p;
    struct squeeze *q = w->q;
    pthread_mutex_lock(&q->lock);
    while (!q->stop) {
        struct slot *s = claim(q);
        if (s) {
            pack_claimed(q, s, w->zip);
            pthread_cond_signal(&q->done);
            continue;
        }
        q->idle++;
        pthread_cond_wait(&q->work, &q->lock);
        q->idle--;
    }
    pthread_mutex_unlock(&q->lock);
    return NULL;
}

static bool start_worker(struct squeeze *q, struct worker *w)
{
    pthread_attr_t attr;
    w->q = q;
    if (pthread_attr_init(&attr))
        return false;
    w->zip = libdeflate_alloc_compressor(LEVEL);
    bool ok = w->zip && !pthread_attr_setstacksize(&attr, STACK) &&
        !pthread_create(&w->thread, &attr, work, w);
    pthread_attr_destroy(&attr);
    if (!ok && w->zip)
        libdeflate_free_compressor(w->zip);
    return ok;
}

/* Once: as many as can be had. Signals stay with the caller's thread. */
static void start_workers(struct squeeze *q)
{
    sigset_t all, old;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &old);
    while (
        q->nworkers + 1 < q->jobs && start_worker(q, &q->workers[q->nworkers]))
        q->nworkers++;
    pthread_sigmask(SIG_SETMASK, &old, NULL);
}

/* The oldest stream leaves the ring. */
static void come_out(struct squeeze *q)
{
    struct slot *s = &q->slots[q->first++ % q->nslots];
    struct squeezed stream = {.id = s->id,
        .compress = s->compress,
        .entries = {s->entries.s, s->entries.n},
        .s = s->to,
        .n = s->n};
    q->waiting -= s->data.n;
    q->out(q->owner, &stream);
    arena_free(s->own);
    s->own = NULL;
}

/*
 * Is the oldest stream packed? If it is to be, pack or wait until it is. Its
 * slot may then be filled anew, so nobody may claim it any more.
 */
static bool first_done(struct squeeze *q, bool wait)
{
    struct slot *first = &q->slots[q->first % q->nslots];
    pthread_mutex_lock(&q->lock);
    while (wait && !first->done) {
        struct slot *s = claim(q);
        if (s)
            pack_claimed(q, s, q->zip);
        else
            pthread_cond_wait(&q->done, &q->lock);
    }
    bool done = first->done;
    if (done && q->claimed == q->first)
        q->claimed++;
    pthread_mutex_unlock(&q->lock);
    return done;
}

/* Let what is packed come out, and what must: all but `most` streams, bytes. */
static void take_out(struct squeeze *q, uint64_t most, size_t bytes)
{
    /* Only this thread changes `end`. */
    while (q->first < q->end &&
        first_done(q, q->end - q->first > most || q->waiting > bytes))
        come_out(q);
}

void squeeze_drain(struct squeeze *q)
{
    pthread_mutex_lock(&q->lock);
    if (q->idle && q->end - q->claimed > 1)
        pthread_cond_broadcast(&q->work);
    pthread_mutex_unlock(&q->lock);
    take_out(q, 0, 0);
}

/* n bytes, kept in b for the next ones unless the slot has its own memory. */
static char *buffer(struct slot *s, struct buf *b, size_t n)
{
    if (s->own)
        return arena_alloc(s->own, n);
    if (b->cap < n)
        b->s = arena_grow(b->a, b->s, &b->cap, n, 1);
    return b->s;
}

/* Put a stream into a free slot; its data are copied if they are to wait. */
static void fill(
    struct squeeze *q, struct slot *s, const struct put *put, bool copy)
{
    struct slice data = put->data;
    s->id = put->id;
    s->compress = put->compress;
    s->entries.n = 0;
    buf_put(&s->entries, put->entries.s, put->entries.n);
    if (data.n > LARGE && !(s->own = arena_beside(q->a)))
        arena_exhausted(q->a);
    s->room =
        put->compress ? libdeflate_zlib_compress_bound(q->zip, data.n) : data.n;
    size_t front = SQUEEZE_FRONT + s->entries.n;
    s->to = buffer(s, &s->out, front + s->room + SQUEEZE_BACK) + front;
    s->data = data;
    if (copy)
        s->data.s = memcpy(buffer(s, &s->in, data.n), data.s, data.n);
    q->waiting += data.n;
}

/* Hand over: seen by the threads from now on. */
static void enqueue(struct squeeze *q, struct slot *s, bool done)
{
    pthread_mutex_lock(&q->lock);
    s->done = done;
    q->end++;
    if (q->idle && (s->data.n >= WAKE_SIZE || q->end - q->claimed >= WAKE))
        pthread_cond_signal(&q->work);
    pthread_mutex_unlock(&q->lock);
}

static bool wants_threads(struct squeeze *q, size_t n)
{
    if (q->jobs == 1 || q->seen >= START_AFTER)
        return false;
    q->seen += n;
    return q->seen >= START_AFTER;
}

static void put_in(struct squeeze *q, const struct put *put, bool now)
{
    struct slot *s = &q->slots[q->end % q->nslots];
    fill(q, s, put, !now);
    if (now)
        pack(s, q->zip);
    enqueue(q, s, now);
}

void squeeze_put(struct squeeze *q, uint32_t id, struct slice entries,
    struct slice data, bool compress)
{
    struct put put = {id, compress, entries, data};
    bool very_large = data.n > VERY_LARGE;
    take_out(q, q->nslots - 1, very_large ? SIZE_MAX : MOST_WAITING - data.n);
    if (compress && wants_threads(q, data.n))
        start_workers(q);
    bool hand_over = q->nworkers && compress && data.n >= SMALL && !very_large;
    put_in(q, &put, !hand_over);
    take_out(q, q->nslots, very_large ? VERY_LARGE : SIZE_MAX);
}

void squeeze_put_last(struct squeeze *q, uint32_t id, struct slice entries,
    struct slice data, bool compress)
{
    struct put put = {id, compress, entries, data};
    squeeze_drain(q);
    put_in(q, &put, true);
    squeeze_drain(q);
}
