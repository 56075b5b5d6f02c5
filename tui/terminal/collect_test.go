package terminal

import (
	"testing"
	"testing/synctest"
	"time"
)

// TestCollectsAtRest: garbage is collected when half of what may be taken is taken, not
// while keys come, and not where it takes no time.
func TestCollectsAtRest(t *testing.T) {
	for _, test := range []struct {
		used, goal uint64
		want       bool
	}{
		{30 << 20, 60 << 20, false}, {44 << 20, 60 << 20, false}, {46 << 20, 60 << 20, true}, {61 << 20, 60 << 20, false},
		{4 << 20, 4 << 20, false}, {100 << 20, 1<<64 - 1, false},
	} {
		if got := isHalf(test.used, test.goal); got != test.want {
			t.Errorf("%d MiB of %d: %v", test.used>>20, test.goal>>20, got)
		}
	}
	synctest.Test(t, func(t *testing.T) {
		near, collected := false, 0
		c := &collector{near: func() bool { return near }, collect: func() { collected++ }}
		frames := func(n int, pause time.Duration, want int) {
			t.Helper()
			for range n {
				c.drawn()
				time.Sleep(pause)
				synctest.Wait()
			}
			if collected != want {
				t.Errorf("collected %d times, want %d", collected, want)
			}
		}
		frames(2*lookEvery, time.Second, 0)
		near = true
		frames(3*lookEvery, restPause/2, 0) // keys come
		frames(1, restPause, 1)
		near = false
		frames(2*lookEvery, time.Second, 1)
	})
}
