// Package store keeps everything that must survive a restart: events, messages, clocks, incidents, the
// ledger, forms, files. It answers questions and writes facts; it decides nothing about incidents and
// says nothing to people.
//
// Every change happens in InTx, and inside it only the Tx is used: on SQLite there is one writer, so
// calling the Store from within its own transaction waits for ever.
package store
