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
    /* [bytes] What is larger is not copied, and its buffer is kept but once. */
    LARGE = 1 << 18,
    /* [bytes] handed over or not: less is done before a thread is of use. */
    START_AFTER = 1 << 18,
    /* So many streams wake a sleeping thread, which costs as much as one. */
    WAKE = 4,
    /* [bytes] Not so large that a stack is given a huge page. */
    STACK = 1 << 18
};

/* A place of the ring, and the stream in it. */
struct slot {
    uint32_t id;
    bool compress;
    bool done; /* packed; guarded by the lock */
    struct buf entries;
    struct buf in; /* the data, if they were handed over */
    struct buf out; /* front, packed data, back */
    size_t n; /* [bytes] packed */
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
    struct slot large; /* never in the ring */
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
    if (q->zip)
        libdeflate_free_compressor(q->zip);
}

static void open_slot(struct squeeze *q, struct slot *s)
{
    s->entries = s->in = s->out = buf_new(q->a);
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
    for (uint32_t i = 0; i < q->nslots; i++)
        open_slot(q, &q->slots[i]);
    open_slot(q, &q->large);
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

static void make_room(struct buf *b, size_t n)
{
    if (b->cap < n)
        b->s = arena_grow(b->a, b->s, &b->cap, n, 1);
}

/* Pack data into the slot's buffer, which has the room. On any thread. */
static void pack(
    struct slot *s, struct slice data, struct libdeflate_compressor *zip)
{
    char *to = s->out.s + SQUEEZE_FRONT + s->entries.n;
    s->n = data.n;
    if (s->compress)
        s->n = libdeflate_zlib_compress(zip, data.s, data.n, to,
            s->out.cap - SQUEEZE_FRONT - s->entries.n - SQUEEZE_BACK);
    else if (data.n)
        memcpy(to, data.s, data.n);
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
    pack(s, (struct slice){s->in.s, s->in.n}, zip);
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

static void come_out(struct squeeze *q, const struct slot *s)
{
    struct squeezed stream = {.id = s->id,
        .compress = s->compress,
        .entries = {s->entries.s, s->entries.n},
        .s = s->out.s + SQUEEZE_FRONT + s->entries.n,
        .n = s->n};
    q->out(q->owner, &stream);
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

/* Let what is packed come out, and at least all but the last `most`. */
static void take_out(struct squeeze *q, uint64_t most)
{
    /* Only this thread changes `end`. */
    while (q->first < q->end && first_done(q, q->end - q->first > most))
        come_out(q, &q->slots[q->first++ % q->nslots]);
}

void squeeze_drain(struct squeeze *q)
{
    take_out(q, 0);
}

static void fill(
    struct squeeze *q, struct slot *s, struct slice entries, struct slice data)
{
    size_t most =
        s->compress ? libdeflate_zlib_compress_bound(q->zip, data.n) : data.n;
    s->entries.n = 0;
    buf_put(&s->entries, entries.s, entries.n);
    make_room(&s->out, SQUEEZE_FRONT + entries.n + most + SQUEEZE_BACK);
}

/* Hand over: seen by the threads from now on. */
static void enqueue(struct squeeze *q, struct slot *s, bool done)
{
    pthread_mutex_lock(&q->lock);
    s->done = done;
    q->end++;
    if (q->idle && q->end - q->claimed >= WAKE)
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

void squeeze_put(struct squeeze *q, uint32_t id, struct slice entries,
    struct slice data, bool compress)
{
    bool large = data.n > LARGE;
    take_out(q, large ? 0 : q->nslots - 1);
    struct slot *s = large ? &q->large : &q->slots[q->end % q->nslots];
    s->id = id;
    s->compress = compress;
    fill(q, s, entries, data);
    if (large) {
        pack(s, data, q->zip);
        come_out(q, s);
        return;
    }
    if (compress && wants_threads(q, data.n))
        start_workers(q);
    bool now = !q->nworkers || !compress || data.n < SMALL;
    if (now) {
        pack(s, data, q->zip);
    } else {
        make_room(&s->in, data.n);
        memcpy(s->in.s, data.s, data.n);
        s->in.n = data.n;
    }
    enqueue(q, s, now);
    take_out(q, q->nslots);
}
