/*
 * peak - what a command takes: seconds by the clock, seconds of processor
 * (user and system), and the most memory that it held at once in KiB.
 *
 *     peak COMMAND ARGUMENTS...
 *
 * The command's standard output goes nowhere; its exit status is passed on.
 */
#include <fcntl.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double seconds(struct timeval time)
{
    return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

int main(int argc, char **argv)
{
    struct rusage used;
    double began = now();
    int status = 0;
    pid_t child;

    if (argc < 2) {
        fputs("usage: peak COMMAND ARGUMENTS...\n", stderr);
        return 2;
    }
    child = fork();
    if (child < 0)
        return 3;
    if (child == 0) {
        int nowhere = open("/dev/null", O_WRONLY);

        if (nowhere < 0 || dup2(nowhere, 1) < 0)
            _exit(126);
        execvp(argv[1], argv + 1);
        _exit(127);
    }
    if (wait4(child, &status, 0, &used) != child)
        return 3;
    printf("%.3f %.3f %ld\n", now() - began,
           seconds(used.ru_utime) + seconds(used.ru_stime), used.ru_maxrss);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
