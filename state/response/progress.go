package response

import (
	"fmt"
	"time"
)

// Stalled is how long nothing moves before people are told what is waited for.
const Stalled = 3 * time.Second

// CopyProgress says how far the copy of a file is, done of all bytes, after some time:
// how fast it was, and what it waits for if nothing has come for still. All is 0 or less
// while the file's length is not known.
func CopyProgress(done, all int64, after, still time.Duration) string {
	if all <= 0 {
		return "copying, waiting for the file"
	}
	text := fmt.Sprintf("copying %d of %d MB", done/1e6, (all+1e6-1)/1e6)
	switch {
	case still >= Stalled && done >= all:
		return text + ", waiting for the disk"
	case still >= Stalled:
		return text + ", waiting for the file"
	case after >= time.Second && done > 0:
		return text + fmt.Sprintf(", %.1f MB/s", float64(done)/1e6/after.Seconds())
	}
	return text
}
