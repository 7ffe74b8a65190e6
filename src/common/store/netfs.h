/*
 * netfs - is a folder on a network file system?
 *
 * Locks and write-ahead logs cannot be relied on there, so a bundle or a
 * project is not opened for writing.
 */
#ifndef MIEN_STORE_NETFS_H
#define MIEN_STORE_NETFS_H

#include "common/base/error.h"

/*
 * The name of the network file system that statfs() calls `magic`, or NULL
 * for a local one.  `mount_type` as in /proc/self/mountinfo decides for FUSE
 * ("fuse.sshfs"); it may be NULL.
 */
const char *netfs_name(unsigned long magic, const char *mount_type);
/* Refuses, in words, when the folder of `path` is on one. */
bool netfs_check(const char *path, struct error *err);
/* The same with what was found out; for tests. */
bool netfs_refuse(const char *path, unsigned long magic, const char *mount_type,
                  struct error *err);

#endif
