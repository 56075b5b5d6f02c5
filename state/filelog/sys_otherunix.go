//go:build unix && !linux && !darwin

package filelog

import (
	"errors"
	"os"
	"syscall"
)

func isErrno(err error, number syscall.Errno) bool { return errors.Is(err, number) }

func syncData(f *os.File) error { return f.Sync() }

func forget(*os.File) {}

func remote(string) string { return "" }

func changeTime(os.FileInfo) int64 { return 0 }

func holder(*os.File) string { return "another process" }
