package line

// A Format is the log's format with the kinds of entry that its reader knows. The
// format itself knows none: what entries record is given to it, and an entry of any
// other kind is [Unknown]. A Format may be used by several goroutines at once.
type Format struct {
	specs map[Kind]*Spec
	opens Kind
	kinds Kinds // nil for none
}

// A Spec is what the format has to know of one kind of entry.
type Spec struct {
	Kind Kind
	// Opens: a log begins with an entry of this kind. Only one kind does so.
	Opens bool
	// Long: its entries carry a runbook's text, and have up to MaxRunbookLine bytes.
	Long bool
	// Vouches: it says whose log this is, whom to ask about it, or which files belong to it, so that
	// [Format.Check] reads it in full.
	Vouches bool
	// Digests: its names have a hash over texts of all parts, and its notes may have those
	// texts. Who withholds any part withholds both, so that nothing can be guessed from it.
	Digests bool
}

// Kinds turns what entries record into JSON and back, and says in which part each key
// stands. It is used by several goroutines at once.
type Kinds interface {
	// Write is what data says, in the spelling of [JSON].
	Write(data Data) (Shares, error)
	// Read reads what Write writes, and passes over keys that it does not know. It refuses one that
	// does not stand in its part: else two parts could each say something of one key, and two
	// readers believe different ones. exact says that Write surely makes the same again. What
	// was withheld is read as [WithheldText]. memory is nil, or of this Kinds.
	Read(c Content, memory Memory) (data Data, exact bool, err error)
	// Memory is for one who reads many lines.
	Memory() Memory
}

// A Memory keeps what stands in many lines, so that it is in memory once. It is used by one
// goroutine at a time.
type Memory interface {
	// Word is a text that many lines may have in common.
	Word(text []byte) string
	// Frame is a frame that says the same as one which will be written over.
	Frame(f *Frame) *Frame
}

// Shares are the JSON objects in which an entry's data lies in a line: the facts, and one for
// each part that it says something in; nil for the others.
type Shares [partCount][]byte

// A Content is the data of a line, as it was read.
type Content struct {
	Kind     Kind
	Withheld Parts
	Shares   [partCount]Object
	Whole    bool // it is of format version 1: nothing stands apart
}

// NewFormat is the format with some kinds, and with what knows more of them; nil for nothing,
// and all entries are [Unknown].
func NewFormat(kinds Kinds, specs ...Spec) *Format {
	f := &Format{specs: make(map[Kind]*Spec, len(specs)), kinds: kinds}
	for _, spec := range specs {
		f.specs[spec.Kind] = &spec
		if spec.Opens {
			f.opens = spec.Kind
		}
	}
	return f
}

// MaxLine is how many bytes a line of kind may have, its newline not counted.
func (f *Format) MaxLine(kind Kind) int { return f.specs[kind].maxLine() }

// maxLine is that of a kind that is not known, if s is nil.
func (s *Spec) maxLine() int {
	if s != nil && s.Long {
		return MaxRunbookLine
	}
	return MaxLine
}
