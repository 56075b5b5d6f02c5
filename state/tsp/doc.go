// Package tsp reads and makes what a time-stamping authority and its customers send each
// other (RFC 3161): a request over a hash, and the answer, in which the authority signs that
// the hash was there at a time.
//
// It reads DER alone, as the RFC demands, and of hash functions SHA-256 to SHA-512. It asks
// nobody anything: whether a certificate was revoked is not looked up.
//
// [Parse] says what an answer says. That is anybody's word until [Stamp.Verify] has found
// the signature good, by the certificates of an authority that is trusted.
package tsp
