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

// remote names the network file system that path lies on; "" if it is local.
func remote(path string) string {
	var info unix.Statfs_t
	if unix.Statfs(path, &info) != nil {
		return ""
	}
	switch name := unix.ByteSliceToString(info.Fstypename[:]); name {
	case "nfs", "smbfs", "afpfs", "webdav":
		return name
	}
	return ""
}

// changeTime is when anything of a file was changed, in nanoseconds since 1970.
func changeTime(info os.FileInfo) int64 {
	if sys, ok := info.Sys().(*syscall.Stat_t); ok {
		return sys.Ctimespec.Nano()
	}
	return 0
}

func holder(*os.File) string { return "another process" }
