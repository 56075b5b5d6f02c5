package export

import (
	"archive/zip"
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"iter"
	"strings"
	"time"

	"muster/state"
	"muster/state/clean"
	"muster/state/line"
	"muster/state/view"
)

// Bundle is everything that is handed over, in one zip. WriteBundle writes it, not Write.
const Bundle Format = "bundle"

func bundleForm() form {
	return form{Bundle, "log, report, evidence and what checks them, in one zip", ".zip", forFiles, nil}
}

// A BundleOf is what a bundle is made of.
type BundleOf struct {
	Incident *state.Incident // of the log as it is handed over; the report is of it
	Options  Options         // of the report
	Lines    func() (iter.Seq2[[]byte, error], error)
	// Evidence opens a file that was kept beside the log. Reading ends with an error if it
	// is not what was kept.
	Evidence func(sum state.Hash) (io.ReadCloser, error)
}

// A NotWholeError says which files of the evidence are not in a bundle, which is whole
// but for them.
type NotWholeError struct{ Files []string } // each with what is wrong, a phrase

func (e *NotWholeError) Error() string {
	return "not in the bundle: " + strings.Join(e.Files, "; ")
}

// A bundled is a file of the evidence in a bundle.
type bundled struct {
	state.Kept
	seq   uint64    // the entry that records it
	path  string    // in the bundle
	wrong string    // why it is not there; "" if it is
	again []another // others that record the same bytes
}

// An another is an entry that records bytes which an earlier one recorded.
type another struct {
	seq  uint64
	name string
}

// WriteBundle writes the bundle. The same log gives the same bytes, wherever it is
// written. It holds nothing that is withheld from b's incident. The error is w's, that of
// what b gives, or at the end a *[state.Damage] of the log or a *[NotWholeError].
func WriteBundle(w io.Writer, b BundleOf) error {
	if b.Incident == nil || len(b.Incident.Log) == 0 {
		return errEmpty
	}
	z := &zipper{zip: zip.NewWriter(w), at: b.Incident.Log[len(b.Incident.Log)-1].Recorded.UTC().Truncate(2 * time.Second)}
	files := bundledFiles(b.Incident)
	var head state.Head
	var damage error // the log is packed as far as it is good, and the rest all the same
	z.add("log.jsonl", func(out io.Writer) (err error) {
		lines, err := b.Lines()
		if err == nil {
			head, err = WriteLines(out, lines)
		}
		if errors.As(err, new(*state.Damage)) {
			damage, err = err, nil
		}
		return err
	})
	z.add("report.md", func(out io.Writer) error {
		buffered := bufio.NewWriter(out)
		return errors.Join(markdownForm().write(buffered, b.Incident, b.Options), buffered.Flush())
	})
	z.text("verify.py", line.VerifyPy())
	z.text("verify.sh", line.VerifySh())
	for i := range files {
		z.evidence(&files[i], b.Evidence)
	}
	signed := signedHeads(b.Incident)
	for _, s := range signed {
		z.text(s.path, s.text)
	}
	z.text("README.txt", bundleReadme(b, head, files, signed))
	z.text("SHA256SUMS", z.sums.String())
	if err := errors.Join(z.err, z.zip.Close()); err != nil {
		return err
	}
	return errors.Join(damage, notWhole(files))
}

// notWhole says which files are not there; nil if all are.
func notWhole(files []bundled) error {
	var missing []string
	for _, file := range files {
		if file.wrong != "" {
			missing = append(missing, fmt.Sprintf("%q of entry %d, which %s", clean.Line(file.Name), file.seq, file.wrong))
		}
	}
	if len(missing) > 0 {
		return &NotWholeError{missing}
	}
	return nil
}

// A zipper writes the files of a bundle, until one fails.
type zipper struct {
	zip  *zip.Writer
	at   time.Time // of all files: a zip's times are even seconds
	sums strings.Builder
	err  error
}

func (z *zipper) text(name, text string) {
	z.add(name, func(out io.Writer) error {
		_, err := io.WriteString(out, text)
		return err
	})
}

// add writes a file, and takes down its hash.
func (z *zipper) add(name string, write func(io.Writer) error) {
	if z.err != nil {
		return
	}
	out, err := z.zip.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: z.at})
	if err != nil {
		z.err = err
		return
	}
	sum := sha256.New()
	if z.err = write(io.MultiWriter(out, sum)); z.err == nil {
		z.sums.WriteString(sumLine(sum, name))
	}
}

// sumLine is a line as sha256sum reads it.
func sumLine(sum hash.Hash, name string) string {
	return hex.EncodeToString(sum.Sum(nil)) + "  " + name + "\n"
}

// evidence writes a file of the evidence, if it is what was recorded: it is read once to
// see that, since what stands in a zip cannot be taken back.
func (z *zipper) evidence(file *bundled, open func(state.Hash) (io.ReadCloser, error)) {
	if z.err != nil {
		return
	}
	if err := copyEvidence(io.Discard, file.SHA256, open); err != nil {
		file.wrong = "was changed or cannot be read"
		if errors.Is(err, state.ErrNoFile) {
			file.wrong = "is missing"
		}
		return
	}
	z.add(file.path, func(out io.Writer) error { return copyEvidence(out, file.SHA256, open) })
}

func copyEvidence(out io.Writer, sum state.Hash, open func(state.Hash) (io.ReadCloser, error)) error {
	in, err := open(sum)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, in.Close())
}

// bundledFiles are the files that an incident's entries record, each once.
func bundledFiles(inc *state.Incident) []bundled {
	var files []bundled
	seen := make(map[state.Hash]int)
	for i := range inc.Log {
		for n, kept := range state.FilesOf(inc.Log[i]) {
			seq := inc.Log[i].Seq
			if at, is := seen[kept.SHA256]; is {
				files[at].again = append(files[at].again, another{seq, kept.Name})
				continue
			}
			seen[kept.SHA256] = len(files)
			files = append(files, bundled{Kept: kept, seq: seq, path: fmt.Sprintf("evidence/%d-%d-%s", seq, n+1, safeName(kept.Name))})
		}
	}
	return files
}

// maxSafeName bounds the name of a file in a bundle, in bytes.
const maxSafeName = 80

// safeName is a name that every system can unpack: what is not plain becomes _, and its
// ending stays. The number that stands before it keeps it from being a device's or hidden.
func safeName(name string) string {
	plain := strings.Map(func(r rune) rune {
		switch {
		case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z', '0' <= r && r <= '9', r == '.', r == '-', r == '_':
			return r
		}
		return '_'
	}, name)
	if over := len(plain) - maxSafeName; over > 0 {
		dot := strings.LastIndexByte(plain, '.')
		if dot < 0 || len(plain)-dot > 12 {
			return plain[:maxSafeName]
		}
		plain = plain[:dot-over] + plain[dot:]
	}
	return strings.TrimRight(plain, ".")
}

// bundleReadme says to somebody who has never heard of muster what this is, and how to
// check it.
func bundleReadme(b BundleOf, head state.Head, files []bundled, signed []signedHead) string {
	of := view.New(b.Incident, b.Options.view())
	var t strings.Builder
	if b.Incident.Log[0].Mode == state.Drill {
		t.WriteString("EXERCISE EXERCISE EXERCISE\nThis is the log of a drill. Nothing in it is a real event.\n\n")
	}
	known := func(text view.Text, missing string) string {
		if text == "" {
			return missing
		}
		return clean.Line(string(text))
	}
	fmt.Fprintf(&t, "The log of an incident, and what belongs to it\n\n"+
		"Incident   %s\nTitle      %s\nSharing    %s\nEntries    %d\nHead       %s\n           %s\nWritten by %s\n\n",
		known(view.Text(of.ID), "not known: withheld"), known(of.Title, "not known: withheld"), known(sharing(of.TLP), "no TLP mark is known"),
		len(b.Incident.Log), head.Hash.Code(), head.Hash, clean.Line(b.Options.Program))
	if d := b.Options.Damage; d != nil {
		fmt.Fprintf(&t, "WARNING: the log is damaged at line %d: %s.\nIt is here up to the line before.\n\n", d.Line, clean.Line(d.What))
	}
	if what := b.Incident.Redacted.String(); what != "" {
		fmt.Fprintf(&t, "Withheld from this copy: %s. What is withheld is null in the log,\nand the log has the hash it had.\n\n", what)
	}
	t.WriteString(bundleHelp)
	if len(signed) > 0 {
		t.WriteString("   " + signedDir + "      what people have signed; the signatures are with them\n")
	}
	t.WriteString(bundleCheck)
	fmt.Fprintf(&t, "   python3 verify.py log.jsonl %s\n", head.Hash.Code())
	t.WriteString(bundleHelpMore)
	stamps, next := stampHelp(b.Incident, files), 4
	if stamps != "" {
		next = 5
	}
	t.WriteString(stamps + signedHelp(next, signed))
	t.WriteString("\nFiles of the evidence, by the entry that records them\n\n")
	switch lacks := &b.Incident.Redacted; {
	case lacks.All || lacks.Parts.Has(state.Evidence):
		t.WriteString("   Some are withheld, with which they are.\n")
	case len(files) == 0:
		t.WriteString("   none\n")
	}
	for _, file := range files {
		fmt.Fprintf(&t, "   entry %d  %q, %d bytes\n      %s\n", file.seq, clean.Line(file.Name), file.Size, file.where())
		for _, a := range file.again {
			fmt.Fprintf(&t, "      the same bytes: entry %d  %q\n", a.seq, clean.Line(a.name))
		}
	}
	return t.String()
}

// stampHelp says how the time stamps over the log are checked; "" if there are none.
func stampHelp(inc *state.Incident, files []bundled) string {
	var t strings.Builder
	for _, stamp := range inc.Stamps {
		for _, file := range files {
			if stamp.Hidden || file.SHA256 != stamp.SHA256 || file.wrong != "" {
				continue
			}
			if t.Len() == 0 {
				t.WriteString("\n4. That an authority saw the log, up to an entry, at a time (RFC 3161). Get its\n" +
					"   certificates from itself, as tsa.pem:\n")
			}
			fmt.Fprintf(&t, "\n   openssl ts -verify -digest \\\n     %s \\\n     -in %s -CAfile tsa.pem\n%s\n   The stamp says %s.\n",
				stamp.Head, file.path, isEntry("this hash", stamp.Head, stamp.Entry), stamp.Time.UTC().Format("2006-01-02 15:04:05 UTC"))
		}
	}
	return t.String()
}

func sharing(tlp view.Text) view.Text {
	if tlp == "" {
		return ""
	}
	return "TLP:" + tlp
}

// where says where a file is, or why it is not.
func (f *bundled) where() string {
	if f.wrong != "" {
		return "NOT HERE: it " + f.wrong + ". Its SHA-256 is " + f.SHA256.String()
	}
	return f.path
}

const bundleHelp = `What is in here

   log.jsonl    the log: one entry a line, each with the hash of the one before
   report.md    the same as a report to be read
   evidence/    the files that entries record, each by the entry's number
   verify.py    checks the log and the files; needs Python 3 and nothing else
   verify.sh    checks the log with sh, jq and sha256sum alone
   SHA256SUMS   the hash of every file here
`

const bundleCheck = `
How to check it

1. That the files are those that were packed:

   sha256sum --strict -c SHA256SUMS

2. That no entry was changed, left out or moved, and that the files are those that
   were recorded. The code is this log's head as it was packed: ask a person who wrote
   it down at the time, and give theirs.

`

const bundleHelpMore = `
   This shows that every line follows from the one before and is as it was written. It
   does not show that nothing is missing at the end: only a head that somebody outside
   was told at a known time does. The report names whom to ask.

3. With muster itself, which also holds the entries against each other:

   muster verify log.jsonl
`
