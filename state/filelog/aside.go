package filelog

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"muster/state"
)

// Aside implements [state.Rescuer]. The file lies in DIR/aside, or if that takes none
// in the system's folder for temporary files. It is a log that [File] reads.
func (l *Log) Aside(ctx context.Context, entries []state.Entry) (string, error) {
	if len(entries) == 0 {
		return "", errors.New("there is no entry to write")
	}
	if err := l.take(ctx); err != nil {
		return "", err
	}
	defer l.give()
	own := filepath.Join(l.store.dir, "aside")
	path, err := "", l.store.disk.mkdirs(own)
	if err == nil {
		path, err = l.aside(ctx, own, entries)
	}
	if err == nil || ctx.Err() != nil {
		return path, err
	}
	path, other := l.aside(ctx, os.TempDir(), entries)
	if other != nil {
		return "", errors.Join(err, other)
	}
	return path, nil
}

// aside writes the entries into a new file in dir.
func (l *Log) aside(ctx context.Context, dir string, entries []state.Entry) (string, error) {
	pattern := fmt.Sprintf("%s-%d-*.jsonl", l.id, entries[len(entries)-1].Seq)
	if !plain(l.id) {
		pattern = "log-*.jsonl" // of a file that was only read
	}
	file, err := l.store.disk.Temp(dir, pattern) // 0600, and never a file that was there
	if err != nil {
		return "", err
	}
	defer file.Close()
	r := &rescue{log: l, store: l.store, dir: dir, changed: true, chain: state.Format().Chain()}
	r.reopen()
	if r.old != nil {
		defer r.old.Close()
	}
	if err := r.fill(ctx, file, entries); err != nil {
		_ = l.store.disk.Remove(file.Name())
		return "", err
	}
	return file.Name(), l.store.disk.syncDir(dir)
}
