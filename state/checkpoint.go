package state

import (
	"fmt"

	"golang.org/x/mod/sumdb/tlog"
)

// KindLogCheckpointed is the kind of [LogCheckpointed].
const KindLogCheckpointed Kind = "log.checkpointed"

// LogCheckpointed records the Merkle tree over all entries before it, so that whoever knows
// the head of this entry can be shown one of them, and nothing of the others. Its leaves
// are the hashes of the envelopes; see [Tree].
type LogCheckpointed struct {
	Size uint64 `json:"size"` // how many entries, from the first
	Tree Hash   `json:"tree"` // its hash (RFC 9162)
}

// Kind is KindLogCheckpointed.
func (*LogCheckpointed) Kind() Kind { return KindLogCheckpointed }

// RecordCheckpoint makes log.checkpointed.
type RecordCheckpoint struct{}

func (RecordCheckpoint) kind() Kind { return KindLogCheckpointed }

func (c RecordCheckpoint) decide(d *decision) Data {
	size := d.inc.Head.Seq
	if last := d.inc.Log[size-1]; last.Kind == KindLogCheckpointed {
		return d.refuse(Refusal{Reason: AlreadySo, Seq: size, Text: fmt.Sprintf("Entry %d is a checkpoint of all entries before it.", size)})
	}
	return &LogCheckpointed{Size: size, Tree: NewTree(d.inc.Log).Hash(size)}
}

func (data *LogCheckpointed) effect(inc *Incident, _ *Entry) { inc.checkpoints++ }

func (data *LogCheckpointed) describe(*Incident, Entry) string {
	return fmt.Sprintf("checkpoint of entries 1 to %d: tree %.12s…", data.Size, data.Tree)
}

// maxCheckpoints bounds how many checkpoints are held against the log: each takes a hash of
// every entry before it.
const maxCheckpoints = 100

func (data *LogCheckpointed) contradicts(inc *Incident, e *Entry) string {
	switch {
	case data.Size == 0 || data.Size >= e.Seq || data.Size > uint64(len(inc.Log)):
		return fmt.Sprintf("It says that it is of %d entries, and it is entry %d.", data.Size, e.Seq)
	case inc.checkpoints <= maxCheckpoints && NewTree(inc.Log[:data.Size]).Hash(data.Size) != data.Tree:
		return "The tree that it records is not that of the entries before it."
	}
	return ""
}

// A Tree is the Merkle tree over the entries of a log (RFC 9162). The data of an entry's leaf
// are the 32 bytes of its hash.
type Tree struct {
	size   uint64
	hashes []tlog.Hash
}

// NewTree is the tree over entries, the first ones of a log.
func NewTree(log []Entry) *Tree {
	t := &Tree{hashes: make([]tlog.Hash, 0, 2*len(log))}
	for i := range log {
		more, err := tlog.StoredHashes(int64(i), log[i].Hash[:], t)
		if err != nil {
			panic(err) // all that it reads is there
		}
		t.hashes = append(t.hashes, more...)
		t.size++
	}
	return t
}

// ReadHashes implements tlog.HashReader.
func (t *Tree) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	list := make([]tlog.Hash, len(indexes))
	for i, at := range indexes {
		if at < 0 || at >= int64(len(t.hashes)) {
			return nil, fmt.Errorf("the tree has no hash %d", at)
		}
		list[i] = t.hashes[at]
	}
	return list, nil
}

// Hash is the hash of the tree over the first size entries; zero if there are not so many.
func (t *Tree) Hash(size uint64) Hash {
	if size == 0 || size > t.size {
		return Hash{}
	}
	hash, err := tlog.TreeHash(int64(size), t)
	if err != nil {
		panic(err)
	}
	return Hash(hash)
}

// Path leads from entry seq to the hash of the tree over the first size entries; nil if it
// is not one of them.
func (t *Tree) Path(seq, size uint64) []Hash {
	if seq == 0 || seq > size || size > t.size {
		return nil
	}
	proof, err := tlog.ProveRecord(int64(size), int64(seq-1), t)
	if err != nil {
		panic(err)
	}
	path := make([]Hash, len(proof))
	for i := range proof {
		path[i] = Hash(proof[i])
	}
	return path
}

// InTree reports whether a path leads from the entry seq with a hash to the hash of the tree over
// the first size entries.
func InTree(path []Hash, size uint64, tree Hash, seq uint64, entry Hash) bool {
	if seq == 0 || seq > size || size > 1<<53 || len(path) > 64 {
		return false
	}
	proof := make(tlog.RecordProof, len(path))
	for i := range path {
		proof[i] = tlog.Hash(path[i])
	}
	return tlog.CheckRecord(proof, int64(size), tlog.Hash(tree), int64(seq-1), tlog.RecordHash(entry[:])) == nil
}
