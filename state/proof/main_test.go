package proof

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"
)

// TestMain lets the test binary be a colleague, too: another process that records.
func TestMain(m *testing.M) {
	if dir := os.Getenv("MUSTER_PROOF_STATE"); dir != "" {
		os.Exit(beColleague(dir, os.Getenv("MUSTER_PROOF_INCIDENT")))
	}
	code := m.Run()
	_ = os.RemoveAll(builtIn())
	os.Exit(code)
}

// long reports whether the long form was asked for.
func long() bool { return os.Getenv("MUSTER_PROOF") == "long" }

// times is how often something is done: so often in the short form, and in the
// long one.
func times(short, inLong int) int {
	if long() {
		return inLong
	}
	return short
}

// dice are random choices that MUSTER_PROOF_SEED repeats.
func dice(t *testing.T) *rand.Rand {
	t.Helper()
	seed, err := strconv.ParseUint(os.Getenv("MUSTER_PROOF_SEED"), 10, 64)
	if err != nil {
		seed = uint64(time.Now().UnixNano())
	}
	t.Logf("MUSTER_PROOF_SEED=%d", seed)
	return rand.New(rand.NewPCG(seed, 0))
}

// binary is the real muster, built once from this source.
func binary(t testing.TB) string {
	t.Helper()
	path, err := build()
	if err != nil {
		t.Fatal(err)
	}
	return path
}

var build = sync.OnceValues(func() (string, error) {
	source := filepath.Join("..", "..", "cmd", "muster")
	if err := look(source); err != nil {
		return "", err
	}
	path := filepath.Join(builtIn(), "muster")
	out, err := exec.Command("go", "build", "-o", path, "./"+source).CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("muster does not build: %w\n%s", err, out)
	}
	return path, nil
})

// builtIn is the folder for the binary of this process.
func builtIn() string {
	return filepath.Join(os.TempDir(), fmt.Sprintf("muster-proof-%d", os.Getpid()))
}

// look reads the names and times of a folder's files, so that the go command does
// not take an earlier result for this one's when they have changed.
func look(dir string) error {
	files, err := os.ReadDir(dir)
	for _, file := range files {
		if _, err := os.Stat(filepath.Join(dir, file.Name())); err != nil {
			return err
		}
	}
	return err
}
