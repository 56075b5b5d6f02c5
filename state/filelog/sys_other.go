//go:build !unix

package filelog

import "os"

const noFollow = 0

func isLink(error) bool { return false }

func writeOnce(f *os.File, data []byte) (int, error) { return f.Write(data) }

func syncData(f *os.File) error { return f.Sync() }

// syncDir does nothing: folders cannot be synced here.
func syncDir(string) error { return nil }

func forget(*os.File) {}

func fileSystem(string) (name string, known bool) { return "", true }

func changeTime(os.FileInfo) int64 { return 0 }

func holder(*os.File) string { return "another process" }
