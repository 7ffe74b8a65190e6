/*
 * netfs - network file systems by their magic numbers (statfs(2)) and, for
 * FUSE, by the type of the mount.
 */
#include <config.h>

#include "common/store/netfs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/sysmacros.h>

#include "common/base/mem.h"
#include "common/base/path.h"
#include "common/base/vec.h"

static const unsigned long fuse_magic = 0x65735546;

static const struct {
    unsigned long magic;
    const char *name;
} networks[] = {
    { 0x6969, "NFS" },
    { 0x517b, "SMB" },
    { 0xff534d42, "CIFS" },
    { 0xfe534d42, "SMB" },
    { 0x01021997, "9p" },
    { 0x5346414f, "AFS" },
    { 0x6b414653, "AFS" },
    { 0x73757245, "Coda" },
    { 0x00c36400, "Ceph" },
    { 0x0bd00bd0, "Lustre" },
    { 0x564c, "NCP" },
    { 0x01161970, "GFS2" },
    { 0x7461636f, "OCFS2" },
    { 0x47504653, "GPFS" },
    { 0x19830326, "BeeGFS" },
    { 0x786f4256, "VirtualBox folder" },
    { 0xbacbacbc, "VMware folder" },
};

/* What comes over a network by FUSE; other kinds (fuseblk) are local. */
static const char *const fuse_networks[] = {
    "sshfs",
    "rclone",
    "s3fs",
    "glusterfs",
    "davfs",
    "davfs2",
    "ceph",
    "ceph-fuse",
    "curlftpfs",
    "smbnetfs",
    "gvfsd-fuse",
    "mfs",
    "moosefs",
    "juicefs",
    "gcsfuse",
    "goofys",
    "blobfuse",
    "afpfs",
    "google-drive-ocamlfuse",
    "onedriver",
    "vmhgfs-fuse",
};

const char *netfs_name(unsigned long magic, const char *mount_type)
{
    magic &= 0xffffffff; /* f_type is signed on some machines */
    for (size_t i = 0; i < LENGTH_OF(networks); i++)
        if (networks[i].magic == magic)
            return networks[i].name;
    if (magic != fuse_magic || !mount_type ||
        strncmp(mount_type, "fuse.", 5) != 0)
        return NULL;
    for (size_t i = 0; i < LENGTH_OF(fuse_networks); i++)
        if (strcmp(fuse_networks[i], mount_type + 5) == 0)
            return fuse_networks[i];
    return NULL;
}

/* The type of the mount that holds `device`, the caller's, or NULL. */
static char *mount_type_of(dev_t device)
{
    FILE *file = fopen("/proc/self/mountinfo", "re");
    char *found = NULL;
    char *line = NULL;
    size_t room = 0;

    if (!file)
        return NULL;
    while (!found && getline(&line, &room, file) > 0) {
        unsigned major_number, minor_number;
        const char *type = strstr(line, " - ");

        if (type &&
            sscanf(line, "%*d %*d %u:%u", &major_number, &minor_number) == 2 &&
            makedev(major_number, minor_number) == device)
            found = xstrndup(type + 3, strcspn(type + 3, " "));
    }
    free(line);
    fclose(file);
    return found;
}

bool netfs_refuse(const char *path, unsigned long magic, const char *mount_type,
                  struct error *err)
{
    const char *name = netfs_name(magic, mount_type);

    if (!name)
        return true;
    return error_set(err, ERROR_INPUT,
                     "%s is on a network file system, %s, where locks and "
                     "journals cannot be relied on: work on a copy on a "
                     "local disk and bring it home with "
                     "`mien-annotate collect'",
                     path_name(path), name);
}

bool netfs_check(const char *path, struct error *err)
{
    char *folder = path_folder(path);
    char *mount_type = NULL;
    struct statfs system;
    struct stat status;
    bool good;

    if (statfs(folder, &system) != 0 || stat(folder, &status) != 0) {
        error_set_errno(err, ERROR_IO, "%s", folder);
        free(folder);
        return false;
    }
    if ((unsigned long)system.f_type == fuse_magic)
        mount_type = mount_type_of(status.st_dev);
    good = netfs_refuse(path, (unsigned long)system.f_type, mount_type, err);
    free(mount_type);
    free(folder);
    return good;
}
