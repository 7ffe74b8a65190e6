/* bundle - one writer, one chain, and nothing that is not ours. */
#include <config.h>

#include "common/store/bundle.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "common/base/mem.h"
#include "common/base/path.h"
#include "common/base/vec.h"
#include "common/file/atomic.h"
#include "common/store/bundle_internal.h"
#include "common/store/lock.h"
#include "common/store/netfs.h"

static const uint8_t bundle_number[BUNDLE_ID_SIZE] = { 1, 2, 3 };

static int setup(void **state)
{
    char *folder = xstrdup("/tmp/mien-bundle.XXXXXX");

    *state = mkdtemp(folder);
    return *state ? 0 : -1;
}

static int teardown(void **state)
{
    char *command = xasprintf("%s", (char *)*state);
    pid_t child = fork();

    if (child == 0)
        execlp("rm", "rm", "-rf", command, (char *)NULL);
    waitpid(child, NULL, 0);
    free(command);
    free(*state);
    return 0;
}

/* Two entries with a medium of six bytes; returns the path. */
static char *make(const char *folder)
{
    struct bundle_draft draft[2] = {
        { .id = "0011223344556677", .medium = "clip.wav", .end_us = -1 },
        { .id = "8899aabbccddeeff", .medium = "clip.wav", .end_us = -1 },
    };
    char *path = path_join(folder, "1.mien");
    char *clip = path_join(folder, "clip.wav");
    struct error err;

    assert_true(atomic_write(clip, "sound\n", 6, &err));
    hash_sha256("sound\n", 6, draft[0].sha256);
    memcpy(draft[1].sha256, draft[0].sha256, HASH_SIZE);
    assert_true(
        bundle_create(path, bundle_number, "anna", "{}", draft, 2, &err));
    free(clip);
    return path;
}

static struct event event_of(enum event_kind kind, const char *entry,
                             const char *payload)
{
    return (struct event){ .kind = kind,
                           .entry = entry,
                           .payload = payload,
                           .media_us = EVENT_NO_TIME,
                           .mono_us = bundle_mono_us(),
                           .wall_us = bundle_wall_us() };
}

static void append(struct bundle *bundle, enum event_kind kind,
                   const char *entry, const char *payload)
{
    struct event event = event_of(kind, entry, payload);
    struct error err;

    if (!bundle_append(bundle, &event, &err))
        fail_msg("%s", err.text);
}

static struct bundle *open_it(const char *path, enum bundle_mode mode)
{
    struct error err;
    struct bundle *bundle = bundle_open(path, mode, &err);

    if (!bundle)
        fail_msg("%s", err.text);
    return bundle;
}

static void what_is_appended_is_there_when_it_is_opened_again(void **state)
{
    char *path = make(*state);
    struct bundle *bundle = open_it(path, BUNDLE_WORK);
    char *wal = xasprintf("%s-wal", path);
    struct fold fold;
    struct error err;

    assert_int_equal(bundle_count(bundle), 2);
    assert_string_equal(bundle_alias(bundle), "anna");
    append(bundle, EVENT_ANSWER_SET, "0011223344556677",
           "{\"question\":\"e\",\"value\":\"anger\"}");
    append(bundle, EVENT_SUBMITTED, "0011223344556677", "{}");
    assert_true(path_is_file(wal));
    bundle_close(bundle);
    assert_false(path_is_file(wal)); /* one file, to be copied */
    bundle = open_it(path, BUNDLE_READ);
    assert_true(bundle_fold(bundle, &fold, &err));
    assert_int_equal(fold_resume(&fold), 1);
    assert_string_equal(fold_answer(&fold, 0, "e")->values.item[0], "anger");
    fold_release(&fold);
    bundle_close(bundle);
    free(wal);
    free(path);
}

static void a_second_process_is_told_who_works_on_it(void **state)
{
    char *path = make(*state);
    struct bundle *bundle = open_it(path, BUNDLE_WORK);
    char pid[32];
    struct error err;

    snprintf(pid, sizeof(pid), "process %ld", (long)getpid());
    assert_null(bundle_open(path, BUNDLE_WORK, &err));
    assert_int_equal(err.code, ERROR_BUSY);
    assert_non_null(strstr(err.text, pid));
    assert_non_null(strstr(err.text, "since "));
    bundle_close(open_it(path, BUNDLE_READ)); /* reading is no harm */
    bundle_close(bundle);
    bundle_close(open_it(path, BUNDLE_WORK));
    free(path);
}

/* Changes `count` bytes at `offset`; returns the file's SHA-256 then. */
static void patch(const char *path, long offset, const void *bytes,
                  size_t count)
{
    FILE *file = fopen(path, "r+b");

    assert_non_null(file);
    fseek(file, offset, SEEK_SET);
    assert_int_equal(fwrite(bytes, 1, count, file), count);
    fclose(file);
}

static void refused_unchanged(const char *path, const char *why)
{
    uint8_t before[HASH_SIZE], after[HASH_SIZE];
    struct error err;
    char *lock = xasprintf("%s.lock", path);

    assert_true(hash_file_sha256(path, before, &err));
    assert_null(bundle_open(path, BUNDLE_WORK, &err));
    assert_int_equal(err.code, ERROR_INPUT);
    if (!strstr(err.text, why))
        fail_msg("expected \"%s\" in: %s", why, err.text);
    assert_true(hash_file_sha256(path, after, &err));
    assert_memory_equal(before, after, HASH_SIZE);
    assert_false(path_is_file(lock));
    free(lock);
}

static void files_that_are_not_ours_are_left_alone(void **state)
{
    char *path = make(*state);
    char *text = path_join(*state, "notes.mien");
    char *empty = path_join(*state, "empty.mien");
    struct error err;

    assert_true(atomic_write(text, "dear diary\n", 11, &err));
    assert_true(atomic_write(empty, "", 0, &err));
    refused_unchanged(text, "no mien file");
    refused_unchanged(empty, "no mien file");
    patch(path, 60, "\0\0\0\x63", 4);
    refused_unchanged(path, "newer mien");
    patch(path, 60, "\0\0\0\x01", 4);
    patch(path, 68, "mieP", 4);
    refused_unchanged(path, "is a mien project");
    patch(path, 68, "abcd", 4);
    refused_unchanged(path, "another program");
    free(path);
    free(text);
    free(empty);
}

static void a_file_that_is_not_there_says_so(void **state)
{
    char *path = path_join(*state, "9.mien");
    struct error err;

    assert_null(bundle_open(path, BUNDLE_WORK, &err));
    assert_int_equal(err.code, ERROR_INPUT);
    assert_non_null(strstr(err.text, "9.mien"));
    free(path);
}

/* Where `needle` lies in the file, or -1. */
static long find(const char *path, const char *needle)
{
    struct error err;
    size_t length;
    char *text = file_read(path, 1 << 24, &length, &err);
    char *found = memmem(text, length, needle, strlen(needle));
    long at = found ? found - text : -1;

    free(text);
    return at;
}

static void a_payload_that_was_changed_is_noticed(void **state)
{
    char *path = make(*state);
    struct bundle *bundle = open_it(path, BUNDLE_WORK);
    struct error err;
    long at;

    append(bundle, EVENT_NOTE, "0011223344556677", "{\"text\":\"so sad\"}");
    bundle_close(bundle);
    at = find(path, "so sad");
    assert_true(at > 0);
    patch(path, at, "so bad", 6);
    assert_null(bundle_open(path, BUNDLE_WORK, &err));
    assert_non_null(
        strstr(err.text, "event 1 (note): its payload was changed"));
    free(path);
}

static void a_header_that_was_changed_is_noticed(void **state)
{
    char *path = make(*state);
    struct bundle *bundle = open_it(path, BUNDLE_WORK);
    struct error err;

    append(bundle, EVENT_SUBMITTED, "0011223344556677", "{}");
    append(bundle, EVENT_SUBMITTED, "8899aabbccddeeff", "{}");
    bundle_close(bundle);
    /* The entry's id also stands in the queue and its index: the last wins. */
    for (long at; (at = find(path, "submitted")) > 0;)
        patch(path, at, "submittee", 9);
    assert_null(bundle_open(path, BUNDLE_WORK, &err));
    assert_non_null(strstr(err.text, "its header was changed"));
    free(path);
}

static void a_buried_payload_leaves_a_chain_that_verifies(void **state)
{
    char *path = make(*state);
    struct bundle *bundle = open_it(path, BUNDLE_WORK);
    struct event event = event_of(EVENT_NOTE, "0011223344556677",
                                  "{\"text\":\"a secret word\"}");
    struct fold fold;
    struct error err;

    assert_true(bundle_append(bundle, &event, &err));
    append(bundle, EVENT_SUBMITTED, "0011223344556677", "{}");
    assert_true(db_begin(bundle_db(bundle), &err));
    assert_true(journal_bury(bundle_db(bundle), event.hash, &err));
    assert_true(db_commit(bundle_db(bundle), &err));
    assert_true(db_scrub(bundle_db(bundle), &err));
    bundle_close(bundle);
    assert_int_equal(find(path, "a secret word"), -1);
    bundle = open_it(path, BUNDLE_WORK); /* verifies */
    assert_true(bundle_fold(bundle, &fold, &err));
    assert_int_equal(fold.erased, 1);
    assert_null(fold.entry[0].note);
    assert_int_equal(fold.entry[0].submitted, 1);
    fold_release(&fold);
    bundle_close(bundle);
    free(path);
}

static void missing_and_changed_media_are_told_apart(void **state)
{
    char *path = make(*state);
    char *clip = path_join(*state, "clip.wav");
    char *there = path_join(*state, "elsewhere");
    char *moved = path_join(there, "clip.wav");
    struct bundle *bundle = open_it(path, BUNDLE_READ);
    struct error err;
    char *medium;

    assert_int_equal(
        bundle_medium(bundle, 0, BUNDLE_FIRST, NULL, &medium, &err),
        BUNDLE_MEDIUM_OK);
    assert_string_equal(medium, clip);
    free(medium);
    assert_int_equal(mkdir(there, 0700), 0);
    assert_int_equal(rename(clip, moved), 0);
    assert_int_equal(
        bundle_medium(bundle, 1, BUNDLE_FIRST, NULL, &medium, &err),
        BUNDLE_MEDIUM_MISSING);
    assert_non_null(strstr(err.text, "item 2 is missing"));
    assert_null(strstr(err.text, "clip")); /* names give labels away */
    assert_int_equal(
        bundle_medium(bundle, 1, BUNDLE_FIRST, there, &medium, &err),
        BUNDLE_MEDIUM_OK);
    free(medium);
    patch(moved, 0, "S", 1);
    assert_int_equal(
        bundle_medium(bundle, 1, BUNDLE_FIRST, there, &medium, &err),
        BUNDLE_MEDIUM_CHANGED);
    assert_non_null(strstr(err.text, "SHA-256"));
    assert_null(strstr(err.text, "clip"));
    bundle_close(bundle);
    free(path);
    free(clip);
    free(there);
    free(moved);
}

static void network_file_systems_are_known_by_their_numbers(void **state)
{
    struct error err;

    (void)state;
    assert_string_equal(netfs_name(0x6969, NULL), "NFS");
    assert_string_equal(netfs_name((unsigned long)(int)0xff534d42, NULL),
                        "CIFS");
    assert_string_equal(netfs_name(0x65735546, "fuse.sshfs"), "sshfs");
    assert_null(netfs_name(0x65735546, "fuseblk")); /* NTFS on a disk */
    assert_null(netfs_name(0x65735546, NULL));
    assert_null(netfs_name(0xef53, NULL)); /* ext4 */
    assert_false(netfs_refuse("/net/1.mien", 0x6969, NULL, &err));
    assert_non_null(strstr(err.text, "NFS"));
    assert_non_null(strstr(err.text, "mien-annotate collect"));
    assert_true(netfs_refuse("/home/1.mien", 0xef53, NULL, &err));
}

static void all_statements_prepare_in_their_files(void **state)
{
    static const enum db_kind kinds[] = { DB_PROJECT, DB_PEOPLE, DB_BUNDLE };

    for (size_t k = 0; k < LENGTH_OF(kinds); k++) {
        char *path = xasprintf("%s/%zu.db", (char *)*state, k);
        struct error err;
        struct db *db = db_create(path, kinds[k], &err);
        struct stat status;

        assert_non_null(db);
        assert_int_equal(stat(path, &status), 0);
        assert_int_equal(status.st_mode & 0777, 0600);
        for (int id = 0; id < STMT_COUNT; id++) {
            int where;
            const char *sql = stmt_text_of((enum stmt_id)id, &where);

            if ((where & (int)kinds[k]) && !db_stmt(db, (enum stmt_id)id, &err))
                fail_msg("%s: %s", sql, err.text);
        }
        db_close(db);
        free(path);
    }
}

static void a_file_is_never_made_over_another(void **state)
{
    char *path = make(*state);
    struct error err;

    assert_null(db_create(path, DB_BUNDLE, &err));
    bundle_close(open_it(path, BUNDLE_READ));
    free(path);
}

static void a_copy_of_an_open_bundle_is_whole(void **state)
{
    char *path = make(*state);
    char *copy = path_join(*state, "copy.mien");
    struct bundle *bundle = open_it(path, BUNDLE_WORK);
    struct error err;
    struct fold fold;

    append(bundle, EVENT_SUBMITTED, "0011223344556677", "{}");
    assert_true(db_copy(bundle_db(bundle), copy, &err));
    bundle_close(bundle);
    bundle = open_it(copy, BUNDLE_WORK);
    assert_true(bundle_fold(bundle, &fold, &err));
    assert_int_equal(fold.entry[0].submitted, 1);
    fold_release(&fold);
    bundle_close(bundle);
    free(path);
    free(copy);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_is_appended_is_there_when_it_is_opened_again),
        TEST(a_second_process_is_told_who_works_on_it),
        TEST(files_that_are_not_ours_are_left_alone),
        TEST(a_file_that_is_not_there_says_so),
        TEST(a_payload_that_was_changed_is_noticed),
        TEST(a_header_that_was_changed_is_noticed),
        TEST(a_buried_payload_leaves_a_chain_that_verifies),
        TEST(missing_and_changed_media_are_told_apart),
        TEST(network_file_systems_are_known_by_their_numbers),
        TEST(all_statements_prepare_in_their_files),
        TEST(a_file_is_never_made_over_another),
        TEST(a_copy_of_an_open_bundle_is_whole),
    };

    return cmocka_run_group_tests_name("bundle", tests, NULL, NULL);
}
