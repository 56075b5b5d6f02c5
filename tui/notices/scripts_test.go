package notices_test

import (
	"testing"

	"muster/tui/tuitest"
)

func TestScripts(t *testing.T) { tuitest.Scripts(t) }
