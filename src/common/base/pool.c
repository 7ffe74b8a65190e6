/* pool - see pool.h. */
#include <config.h>

#include "common/base/pool.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

#include "common/base/interrupt.h"
#include "common/base/mem.h"

struct pool {
    /* Set once, before the threads start. */
    pool_work *work;
    void *context;
    size_t count;

    /* Lock-free. */
    atomic_size_t next;
    atomic_bool stop;

    /* Under lock. */
    pthread_mutex_t lock;
    size_t failed_index; /* count: none */
    struct error failure;
};

int pool_default_jobs(void)
{
    long count = sysconf(_SC_NPROCESSORS_ONLN);

    return count < 1 ? 1 : count > 256 ? 256 : (int)count;
}

static void *run(void *argument)
{
    struct pool *pool = argument;

    for (;;) {
        struct error err = { 0 };
        size_t index;

        if (atomic_load(&pool->stop))
            break;
        index = atomic_fetch_add(&pool->next, 1);
        if (index >= pool->count)
            break;
        if (interrupt_check(&err) && pool->work(pool->context, index, &err))
            continue;
        atomic_store(&pool->stop, true);
        pthread_mutex_lock(&pool->lock);
        if (index < pool->failed_index) {
            pool->failed_index = index;
            pool->failure = err;
        }
        pthread_mutex_unlock(&pool->lock);
        break;
    }
    return NULL;
}

bool pool_run(int jobs, size_t count, pool_work *work, void *context,
              struct error *err)
{
    struct pool pool = { .work = work, .context = context, .count = count };
    pthread_t *thread;
    int started = 0;

    pool.failed_index = count;
    pthread_mutex_init(&pool.lock, NULL);
    if (jobs <= 0)
        jobs = pool_default_jobs();
    if ((size_t)jobs > count)
        jobs = (int)count;
    thread = xcalloc((size_t)jobs + 1, sizeof(*thread));
    /* The calling thread is one of them. */
    while (started + 1 < jobs &&
           pthread_create(&thread[started], NULL, run, &pool) == 0)
        started++;
    run(&pool);
    for (int i = 0; i < started; i++)
        pthread_join(thread[i], NULL);
    free(thread);
    pthread_mutex_destroy(&pool.lock);
    if (pool.failed_index == count)
        return true;
    *err = pool.failure;
    return false;
}
