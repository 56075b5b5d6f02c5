package filelog

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"strings"
	"syscall"

	"golang.org/x/sys/unix"
)

func isErrno(err error, number syscall.Errno) bool { return errors.Is(err, number) }

// syncData is fdatasync(2), which leaves out only metadata that reading the file
// does not need.
func syncData(f *os.File) error { return onFile(f, unix.Fdatasync) }

// forget drops the file's pages from the cache, so that reading shows what the
// medium has.
func forget(f *os.File) {
	_ = onFile(f, func(fd int) error { return unix.Fadvise(fd, 0, 0, unix.FADV_DONTNEED) })
}

// fileSystem names the file system that path lies on, and says whether it is known to
// hold lock and append, for every process that may write there.
func fileSystem(path string) (name string, known bool) {
	var info unix.Statfs_t
	if err := unix.Statfs(path, &info); err != nil {
		return "a file system that does not say what it is", false
	}
	kind := uint32(info.Type)
	if name := localFileSystem(kind); name != "" {
		return name, true
	}
	switch kind {
	case unix.NFS_SUPER_MAGIC:
		return "NFS", false
	case unix.SMB_SUPER_MAGIC, unix.CIFS_SUPER_MAGIC, unix.SMB2_SUPER_MAGIC:
		return "SMB", false
	case unix.FUSE_SUPER_MAGIC:
		return "FUSE", false
	case unix.V9FS_MAGIC:
		return "9p", false
	case unix.MSDOS_SUPER_MAGIC, unix.EXFAT_SUPER_MAGIC:
		return "FAT", false
	}
	return fmt.Sprintf("a file system of the kind %#x", kind), false
}

// localFileSystem names a file system, by its magic number, that is known to hold lock
// and append; "" if it is another. The last ones' numbers are not in unix.
func localFileSystem(kind uint32) string {
	return map[uint32]string{
		unix.EXT4_SUPER_MAGIC: "ext", unix.XFS_SUPER_MAGIC: "xfs", unix.BTRFS_SUPER_MAGIC: "btrfs", unix.F2FS_SUPER_MAGIC: "f2fs",
		unix.TMPFS_MAGIC: "tmpfs", unix.RAMFS_MAGIC: "ramfs", unix.OVERLAYFS_SUPER_MAGIC: "overlay", unix.ECRYPTFS_SUPER_MAGIC: "ecryptfs",
		0x2fc12fc1: "zfs", 0xca451a4e: "bcachefs", 0x3153464a: "jfs",
	}[kind]
}

// changeTime is when anything of a file was changed, in nanoseconds since 1970.
func changeTime(info os.FileInfo) int64 {
	if sys, ok := info.Sys().(*syscall.Stat_t); ok {
		return sys.Ctim.Nano()
	}
	return 0
}

// holder says which process holds the lock, as far as the kernel tells.
func holder(f *os.File) string {
	var info unix.Stat_t
	if onFile(f, func(fd int) error { return unix.Fstat(fd, &info) }) != nil {
		return "another process"
	}
	locks, err := os.Open("/proc/locks")
	if err != nil {
		return "another process"
	}
	defer locks.Close()
	inode := fmt.Sprintf(":%d", info.Ino)
	for lines := bufio.NewScanner(locks); lines.Scan(); {
		field := strings.Fields(lines.Text())
		if len(field) >= 6 && field[1] == "FLOCK" && strings.HasSuffix(field[5], inode) {
			return "process " + field[4]
		}
	}
	return "another process"
}
