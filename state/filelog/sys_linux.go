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

// remote names the network file system that path lies on; "" if it is local.
func remote(path string) string {
	var info unix.Statfs_t
	if unix.Statfs(path, &info) != nil {
		return ""
	}
	switch uint32(info.Type) {
	case unix.NFS_SUPER_MAGIC:
		return "NFS"
	case unix.SMB_SUPER_MAGIC, unix.CIFS_SUPER_MAGIC, unix.SMB2_SUPER_MAGIC:
		return "SMB"
	}
	return ""
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
