package filelog

import (
	"errors"
	"os"
	"syscall"

	"golang.org/x/sys/unix"
)

func isErrno(err error, number syscall.Errno) bool { return errors.Is(err, number) }

// syncData is F_FULLFSYNC: fsync(2) on this system leaves the data in the drive.
func syncData(f *os.File) error {
	return onFile(f, func(fd int) error {
		_, err := unix.FcntlInt(uintptr(fd), unix.F_FULLFSYNC, 0)
		return err
	})
}

// forget cannot be done here for pages of an open file.
func forget(*os.File) {}

// fileSystem names the file system that path lies on, and says whether it is known to
// hold lock and append, for every process that may write there.
func fileSystem(path string) (name string, known bool) {
	var info unix.Statfs_t
	if unix.Statfs(path, &info) != nil {
		return "a file system that does not say what it is", false
	}
	name = unix.ByteSliceToString(info.Fstypename[:])
	return name, name == "apfs" || name == "hfs" || name == "tmpfs"
}

// changeTime is when anything of a file was changed, in nanoseconds since 1970.
func changeTime(info os.FileInfo) int64 {
	if sys, ok := info.Sys().(*syscall.Stat_t); ok {
		return sys.Ctimespec.Nano()
	}
	return 0
}

func holder(*os.File) string { return "another process" }
