package filelog

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"muster/state"
	"muster/state/guard"
)

// MaxEvidence is the size, in bytes, of the largest file that is kept beside a log.
const MaxEvidence = 1 << 30

// PutEvidence implements [state.Log]. Content over [MaxEvidence] is refused.
func (l *Log) PutEvidence(ctx context.Context, content io.Reader) (state.Hash, int64, error) {
	if err := l.Writable(); err != nil {
		return state.Hash{}, 0, err
	}
	dir := filepath.Join(l.dir, "evidence")
	if err := l.store.disk.mkdirs(dir); err != nil {
		return state.Hash{}, 0, err
	}
	if err := l.store.disk.noLink(dir); err != nil {
		return state.Hash{}, 0, err
	}
	sweep(dir)
	file, err := newPart(dir)
	if err != nil {
		return state.Hash{}, 0, err
	}
	// Open, and so locked, until it has its name: else who opens the log between the two
	// takes it for one that was left, and removes it.
	defer file.Close()
	sum, size, err := l.copyEvidence(ctx, file, content)
	if runtime.GOOS == "windows" { // which gives no open file another name
		file.Close()
	}
	if err == nil {
		// The content is what the name says. So replacing a file of that name
		// changes nothing, unless it was damaged or a link.
		err = l.store.disk.rename(file.Name(), filepath.Join(dir, sum.String()))
	}
	if err != nil {
		_ = os.Remove(file.Name())
		return state.Hash{}, 0, fmt.Errorf("the file was not kept: %w", err)
	}
	if err := l.store.disk.syncDir(dir); err != nil {
		return sum, size, err
	}
	return sum, size, l.store.disk.syncDir(l.dir)
}

// partPattern names files that are just being copied.
const partPattern = ".new-*"

// newPart makes a file to copy into, locked for as long as it is open: that says that
// somebody is at work.
func newPart(dir string) (*os.File, error) {
	for {
		file, err := os.CreateTemp(dir, partPattern) // 0600, and never a file that was there
		if err != nil {
			return nil, err
		}
		got, err := tryLock(file)
		if got || err != nil { // without locks, nobody sweeps either
			mine, err1 := file.Stat()
			there, err2 := os.Lstat(file.Name())
			if err1 == nil && err2 == nil && os.SameFile(mine, there) {
				return file, nil
			}
		}
		file.Close() // somebody who swept took it for one that was left
	}
}

// sweep removes what was left of copying to this log's evidence, when it is opened.
func (l *Log) sweep() {
	dir := filepath.Join(l.dir, "evidence")
	if l.store.disk.noLink(dir) == nil {
		sweep(dir)
	}
}

// sweep removes what processes that were killed had begun to copy. What somebody still
// copies is locked.
func sweep(dir string) {
	parts, _ := filepath.Glob(filepath.Join(dir, partPattern))
	for _, part := range parts {
		file, err := os.OpenFile(part, os.O_RDONLY|noFollow, 0)
		if err != nil {
			continue
		}
		if info, err := file.Stat(); err == nil && info.Mode().IsRegular() {
			if got, _ := tryLock(file); got {
				_ = os.Remove(part)
			}
		}
		file.Close()
	}
}

// copyEvidence copies content into file, and makes it durable.
func (l *Log) copyEvidence(ctx context.Context, file *os.File, content io.Reader) (sum state.Hash, size int64, err error) {
	hashed := sha256.New()
	bounded := io.LimitReader(&cancelled{ctx, content}, l.store.largest+1)
	if err := l.store.disk.failing("write", file.Name()); err != nil {
		return sum, 0, err
	}
	if size, err = io.Copy(io.MultiWriter(file, hashed), bounded); err != nil {
		return sum, 0, err
	}
	if size > l.store.largest {
		return sum, 0, fmt.Errorf("it is larger than the %d MiB that can be kept beside a log; keep it elsewhere, and note its place and SHA-256", l.store.largest>>20)
	}
	hashed.Sum(sum[:0])
	return sum, size, l.store.disk.sync(handle{file})
}

// cancelled is a reader that ends with its context.
type cancelled struct {
	ctx  context.Context
	from io.Reader
}

func (c *cancelled) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.from.Read(p)
}

// A Beside says how a file of the evidence is found beside a log.
type Beside int

// The ways.
const (
	AsRecorded Beside = iota // it is what was put there
	Changed                  // it is not, or is no plain file
	Gone                     // there is none
)

// HasEvidence reports whether there is a folder of evidence beside the log file at path.
func HasEvidence(path string) bool {
	info, err := os.Lstat(filepath.Join(filepath.Dir(path), "evidence"))
	return err == nil && info.IsDir()
}

// EvidencePath is where the file of sum lies beside the log file at path: by its hash, or as
// in a bundle by any other name. If it is not there, it is where it should lie.
func EvidencePath(ctx context.Context, path string, sum state.Hash) string {
	dir := filepath.Join(filepath.Dir(path), "evidence")
	file := filepath.Join(dir, sum.String())
	if _, err := os.Lstat(file); errors.Is(err, fs.ErrNotExist) {
		if name, is := otherNames(ctx, dir)[sum]; is {
			return filepath.Join(dir, name)
		}
	}
	return file
}

// otherNames are the files in a folder that are not called by their hash, by it.
func otherNames(ctx context.Context, dir string) map[state.Hash]string {
	names := make(map[state.Hash]string)
	all, _ := os.ReadDir(dir) // what cannot be listed has none
	for _, other := range all {
		if _, err := state.ParseHash(other.Name()); err == nil || !other.Type().IsRegular() {
			continue
		}
		file, err := guard.OpenItself(filepath.Join(dir, other.Name()))
		if err != nil {
			continue
		}
		hashed := sha256.New()
		if n, err := io.Copy(hashed, &cancelled{ctx, io.LimitReader(file, MaxEvidence+1)}); err == nil && n <= MaxEvidence {
			names[state.Hash(hashed.Sum(nil))] = other.Name()
		}
		file.Close()
	}
	return names
}

// CheckEvidence hashes the file of sum and size, in bytes, beside the log file at path. It
// is called by its hash, or as in a bundle by any other name. The error is ctx's, or what
// reading failed with: nothing is known of the file then.
func CheckEvidence(ctx context.Context, path string, sum state.Hash, size int64) (Beside, error) {
	dir := filepath.Join(filepath.Dir(path), "evidence")
	beside, err := checkNamed(ctx, filepath.Join(dir, sum.String()), sum, size)
	if beside != Gone || err != nil {
		return beside, err
	}
	all, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return Gone, err
	}
	for _, other := range all {
		info, err := other.Info()
		if err != nil || !info.Mode().IsRegular() || info.Size() != size {
			continue
		}
		if beside, err := checkNamed(ctx, filepath.Join(dir, other.Name()), sum, size); beside == AsRecorded || ctx.Err() != nil {
			return beside, err
		}
	}
	return Gone, nil
}

// checkNamed looks at the file of a name.
func checkNamed(ctx context.Context, name string, sum state.Hash, size int64) (Beside, error) {
	info, err := os.Lstat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return Gone, nil
	case err != nil:
		return Changed, err
	case !info.Mode().IsRegular() || info.Size() != size:
		return Changed, nil
	}
	file, err := guard.OpenItself(name)
	if err != nil {
		return Changed, err
	}
	hashed := sha256.New()
	if _, err := io.Copy(hashed, &cancelled{ctx, io.LimitReader(file, size+1)}); err != nil {
		return Changed, err
	}
	if state.Hash(hashed.Sum(nil)) != sum {
		return Changed, nil
	}
	return AsRecorded, nil
}

// Evidence implements [state.Log]. Reading ends with an error instead of io.EOF if
// the content is not what was put there.
func (l *Log) Evidence(ctx context.Context, sum state.Hash) (io.ReadCloser, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	for _, dir := range []string{l.dir, l.elsewhere} {
		if dir == "" {
			continue
		}
		file, err := os.OpenFile(filepath.Join(dir, "evidence", sum.String()), os.O_RDONLY|noFollow, 0)
		if name, is := "", false; errors.Is(err, fs.ErrNotExist) && l.names != nil {
			if name, is = l.names()[sum]; is {
				file, err = os.OpenFile(filepath.Join(dir, "evidence", name), os.O_RDONLY|noFollow, 0)
			}
		}
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if info, err := file.Stat(); err != nil || !info.Mode().IsRegular() {
			file.Close()
			return nil, fmt.Errorf("evidence %.8s… is not a plain file", sum)
		}
		return &evidence{File: file, want: sum, hashed: sha256.New()}, nil
	}
	return nil, fmt.Errorf("evidence %.8s…: %w", sum, state.ErrNoFile)
}

// evidence checks its content while it is read.
type evidence struct {
	*os.File
	want   state.Hash
	hashed hash.Hash
}

// Read reads on, and at the end compares the hash.
func (e *evidence) Read(p []byte) (int, error) {
	n, err := e.File.Read(p)
	e.hashed.Write(p[:n])
	if errors.Is(err, io.EOF) && state.Hash(e.hashed.Sum(nil)) != e.want {
		return n, fmt.Errorf("evidence %.8s… was changed after it was put beside the log", e.want)
	}
	return n, err
}

// WriteTo hides the file's own, which would go around Read.
func (e *evidence) WriteTo(w io.Writer) (int64, error) {
	return io.Copy(w, struct{ io.Reader }{e})
}

// ReadEvidence reads the file of sum and size, in bytes, beside the log file at path, as
// CheckEvidence finds it; nil if there is none that can be read.
func ReadEvidence(path string, sum state.Hash, size int64) []byte {
	dir := filepath.Join(filepath.Dir(path), "evidence")
	names := []string{sum.String()}
	all, _ := os.ReadDir(dir) // what cannot be listed has none
	for _, other := range all {
		names = append(names, other.Name())
	}
	for _, name := range names {
		info, err := os.Lstat(filepath.Join(dir, name))
		if err != nil || !info.Mode().IsRegular() || info.Size() != size {
			continue
		}
		if data, err := readItself(filepath.Join(dir, name), size); err == nil && state.Sum(data) == sum {
			return data
		}
	}
	return nil
}

func readItself(name string, size int64) ([]byte, error) {
	file, err := guard.OpenItself(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return io.ReadAll(io.LimitReader(file, size+1))
}
