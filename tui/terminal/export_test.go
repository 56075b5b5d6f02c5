package terminal

import (
	"context"
	"io"

	tea "charm.land/bubbletea/v2"
)

// Read gives send what the terminal at the other end of in sends, as a running
// [Program] understands it, until ctx ends. slow is [Options].Slow.
func Read(ctx context.Context, in io.Reader, slow bool, send func(tea.Msg)) {
	i := newInput(in, false, slow, send, func(error) {})
	i.start()
	i.run(ctx)
}
