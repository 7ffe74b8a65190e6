/*
 * film.h - videos for the tests, made by the ffmpeg tool: each picture says
 * its number, so that it can be told which one is shown.
 *
 * A picture is eight by two blocks, white or black: its number in bits, the
 * lowest at the upper left.
 */
#ifndef MIEN_TESTS_FILM_H
#define MIEN_TESTS_FILM_H

#include <fcntl.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { FILM_WIDTH = 128, FILM_HEIGHT = 64, FILM_BITS = 16, FILM_ARGS = 64 };

extern char **environ;

/* Runs ffmpeg with the words of `line` (no quotes; %20 is a blank). */
static inline bool film_run(const char *line)
{
    char *copy = strdup(line);
    char *argv[FILM_ARGS] = { "ffmpeg", "-nostdin", "-v", "error", "-y" };
    posix_spawn_file_actions_t actions;
    char *rest = copy;
    char *word;
    int count = 5, status = -1;
    pid_t child;

    while ((word = strtok_r(rest, " ", &rest)) != NULL && count < FILM_ARGS - 1)
        argv[count++] = word;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
    if (posix_spawnp(&child, "ffmpeg", &actions, NULL, argv, environ) == 0)
        waitpid(child, &status, 0);
    posix_spawn_file_actions_destroy(&actions);
    free(copy);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static inline bool film_can_be_made(void)
{
    return film_run("-f lavfi -i color=s=16x16:d=0.1 -f null -");
}

/* `count` numbered pictures as raw grey bytes. */
static inline bool film_write_raw(const char *path, int count)
{
    FILE *file = fopen(path, "wb");

    if (!file)
        return false;
    for (int n = 0; n < count; n++) {
        for (int y = 0; y < FILM_HEIGHT; y++) {
            for (int x = 0; x < FILM_WIDTH; x++) {
                int bit = x * 8 / FILM_WIDTH + y * 2 / FILM_HEIGHT * 8;

                fputc(n >> bit & 1 ? 235 : 16, file);
            }
        }
    }
    return fclose(file) == 0;
}

/* A folder of that pattern (see mkdtemp) with `count` pictures in "raw". */
static inline bool film_folder_make(char *folder, int count)
{
    char path[128];

    if (!mkdtemp(folder))
        return false;
    snprintf(path, sizeof(path), "%s/raw", folder);
    return film_write_raw(path, count);
}

static inline int film_folder_remove(const char *folder)
{
    char command[128];

    snprintf(command, sizeof(command), "rm -r %s", folder);
    return system(command);
}

/* The number in a picture of any size. */
static inline int film_number(const uint8_t *rgb, int width, int height)
{
    int number = 0;

    for (int bit = 0; bit < FILM_BITS; bit++) {
        int x = (2 * (bit % 8) + 1) * width / 16;
        int y = (2 * (bit / 8) + 1) * height / 4;

        number |= (rgb[(y * width + x) * 3] > 127) << bit;
    }
    return number;
}

#endif
