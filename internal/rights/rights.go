// Package rights is who may do what, as data: a matrix of acts and the hands they are in. Every act asks it when it is
// carried out, not where it is offered.
package rights

import (
	_ "embed"
	"fmt"
	"slices"

	"fenghuo/internal/yamlfile"
)

// Hand is a part somebody has in an incident, or a post they hold.
type Hand string

// Hands in an incident.
const (
	Reporter Hand = "reporter"
	Officer  Hand = "officer"
	Backup   Hand = "backup"
	Tracker  Hand = "tracker"
	Head     Hand = "head"
	Deputy   Hand = "deputy"
	Chief    Hand = "chief"
)

// Posts, held anywhere.
const (
	Verifier    Hand = "verifier"
	InfoOfficer Hand = "info_officer"
	Duty        Hand = "duty"
	Approver    Hand = "approver"
	Committee   Hand = "committee"
	Admin       Hand = "admin"
	AnyHead     Hand = "any_head"
	AnyDeputy   Hand = "any_deputy"
	AnyChief    Hand = "any_chief"
	Photo       Hand = "photo"  // the photo custodian
	Keeper      Hand = "keeper" // one of the two the organisation names for protected sources
)

// Hands are all of them, those in an incident first.
var Hands = []Hand{Reporter, Officer, Backup, Tracker, Head, Deputy, Chief, Verifier, InfoOfficer, Duty, Approver, Committee, Admin, AnyHead, AnyDeputy, AnyChief, Photo, Keeper}

// Row is an act with the hands it is in.
type Row struct {
	Act   string `yaml:"act"`
	Hands []Hand `yaml:"hands"`
	First []Hand `yaml:"first"` // named to those who may not
	Note  string `yaml:"note"`  // what the matrix does not say
}

//go:embed matrix.yaml
var matrix []byte

// Matrix are all rows, in the order of the file.
var Matrix = read()

func read() []Row {
	var rows []Row
	if _, err := yamlfile.Decode(matrix, "matrix.yaml", &rows); err != nil {
		panic(err) // part of the program
	}
	for n, r := range rows {
		for _, h := range slices.Concat(r.Hands, r.First) {
			if !slices.Contains(Hands, h) {
				panic(fmt.Sprintf("matrix.yaml: row %d: hand %q is not known", n+1, h))
			}
		}
	}
	return rows
}

// Of is the row of an act. One that has none is a mistake of the program.
func Of(act string) Row {
	n := slices.IndexFunc(Matrix, func(r Row) bool { return r.Act == act })
	if n < 0 {
		panic(fmt.Sprintf("act %q is not in the matrix", act))
	}
	return Matrix[n]
}

// May reports whether one of the hands suffices for the act.
func May(act string, hands []Hand) bool {
	row := Of(act)
	return slices.ContainsFunc(hands, func(h Hand) bool { return slices.Contains(row.Hands, h) })
}
