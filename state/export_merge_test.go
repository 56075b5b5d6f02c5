package state

// IdentityOf is the hash under which an entry was recorded first.
var IdentityOf = identity
