package export

import (
	"bufio"
	"fmt"
	"io"
	"iter"

	"muster/state"
)

// Lines is the log itself. WriteLines writes it, not Write.
const Lines Format = "jsonl"

func linesForm() form {
	return form{Lines, "the log itself, which verifies without muster", ".jsonl", 0, nil}
}

// WriteLines writes the log itself, one entry a line, byte for byte as it lies, and
// returns its head. Each line is verified against the one before first: what comes
// out verifies, or the error is the *state.Damage that says which line does not, and
// the lines before it are written. An error of lines ends it the same way.
func WriteLines(w io.Writer, lines iter.Seq2[[]byte, error]) (state.Head, error) {
	out := bufio.NewWriterSize(w, 256<<10)
	chain := state.Format().Chain()
	failed := copyLines(out, lines, &chain)
	if err := out.Flush(); err != nil {
		return chain.Head, err
	}
	if failed == nil && chain.Head.Seq == 0 {
		failed = errEmpty
	}
	return chain.Head, failed
}

// CopyLines is WriteLines for lines that were verified as they were read and are as they
// were then: they are not looked at once more.
func CopyLines(w io.Writer, lines iter.Seq2[[]byte, error]) error {
	out := bufio.NewWriterSize(w, 256<<10)
	written, failed := 0, error(nil)
	for line, err := range lines {
		if err != nil {
			failed = fmt.Errorf("after entry %d: %w", written, err)
			break
		}
		out.Write(line)
		if err := out.WriteByte('\n'); err != nil {
			return err
		}
		written++
	}
	if err := out.Flush(); err != nil {
		return err
	}
	if failed == nil && written == 0 {
		failed = errEmpty
	}
	return failed
}

func copyLines(out *bufio.Writer, lines iter.Seq2[[]byte, error], chain *state.Chain) error {
	for line, err := range lines {
		if err != nil {
			return fmt.Errorf("after entry %d: %w", chain.Head.Seq, err)
		}
		if err := chain.Verify(line); err != nil {
			return err
		}
		out.Write(line)
		if err := out.WriteByte('\n'); err != nil {
			return err
		}
	}
	return nil
}
