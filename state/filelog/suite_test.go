package filelog

import (
	"testing"

	"muster/state"
	"muster/state/statetest"
)

func TestStore(t *testing.T) {
	statetest.TestStore(t, func(t *testing.T) state.Store { return Open(t.TempDir()) })
}
