// Fenghuo is a bot for the WeCom and Feishu groups of a company: employees report 舆情 by chatting, the
// officer responsible is @-mentioned until somebody acknowledges, and nothing is forgotten afterwards.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/alecthomas/kong"
	"github.com/mattn/go-isatty"
)

// Exit codes.
const (
	exitOK    = 0
	exitUnmet = 1 // it ran, and something is not as it should be
	exitUsage = 2 // the call, the configuration or a file is wrong
)

// Set by the linker for a release.
var (
	version = "dev"
	commit  = ""
)

type commandLine struct {
	Demo    demoCmd    `cmd:"" help:"Try it: a made-up company in the built-in chat, nothing to install or set up."`
	Serve   serveCmd   `cmd:"" help:"Run the service with a configuration file."`
	Replay  replayCmd  `cmd:"" help:"Play conversations from files against the real service on a virtual clock."`
	Migrate migrateCmd `cmd:"" help:"Bring the database up to the schema of this version."`
	Doctor  doctorCmd  `cmd:"" help:"Look at configuration, database, organisation and platform, and say what to do."`
	Export  exportCmd  `cmd:"" help:"Write the registry or the year sheet of scores as CSV."`
	Audit   auditCmd   `cmd:"" help:"Check the ledger."`
	Sim     simCmd     `cmd:"" help:"A stand-in for a chat platform, to run the bot against."`
	Bench   benchCmd   `cmd:"" help:"Measure what this machine carries."`
	Version versionCmd `cmd:"" help:"Print the version."`
}

// env is what a command may use of the world.
type env struct {
	ctx    context.Context
	stdout io.Writer
	stderr io.Writer
	now    func() time.Time
	log    *slog.Logger
}

// exitError ends the program with a code; Err is what the person at the terminal reads.
type exitError struct {
	code int
	err  error
}

func (e *exitError) Error() string { return e.err.Error() }
func (e *exitError) Unwrap() error { return e.err }

func usage(err error) error { return &exitError{exitUsage, err} }

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr, time.Now))
}

// run is the program as a function: arguments in, exit code out.
func run(ctx context.Context, args []string, stdout, stderr io.Writer, now func() time.Time) (code int) {
	var cli commandLine
	exited := -1
	parser, err := kong.New(&cli, kong.Name("fenghuo"),
		kong.Description("烽火：企业微信和飞书群里的舆情报送机器人。\n\nExit codes: 0 done; 1 it ran and something is not as it should be; 2 the call, the configuration or a file is wrong."),
		kong.Writers(stdout, stderr), kong.Exit(func(code int) { exited = code }), kong.UsageOnError(), kong.ConfigureHelp(kong.HelpOptions{Compact: true}))
	if err != nil {
		fmt.Fprintln(stderr, "fenghuo:", err)
		return exitUsage
	}
	parsed, err := parser.Parse(args)
	if exited >= 0 {
		return exited
	}
	if err != nil {
		fmt.Fprintf(stderr, "fenghuo: %v; see fenghuo --help\n", err)
		return exitUsage
	}
	err = parsed.Run(&env{ctx: ctx, stdout: stdout, stderr: stderr, now: now, log: newLog(stderr)})
	var exit *exitError
	switch {
	case err == nil:
		return exitOK
	case errors.As(err, &exit):
		fmt.Fprintln(stderr, "fenghuo:", exit.err)
		return exit.code
	}
	fmt.Fprintln(stderr, "fenghuo:", err)
	return exitUnmet
}

// newLog is readable on a terminal and JSON anywhere else.
func newLog(w io.Writer) *slog.Logger {
	if f, ok := w.(*os.File); ok && isatty.IsTerminal(f.Fd()) {
		return slog.New(slog.NewTextHandler(w, nil))
	}
	return slog.New(slog.NewJSONHandler(w, nil))
}

type versionCmd struct{}

// Help shows how it is used.
func (versionCmd) Help() string { return "Example:\n  fenghuo version" }

// Run prints the version.
func (versionCmd) Run(e *env) error {
	_, err := fmt.Fprintln(e.stdout, "fenghuo", version, commit)
	return err
}
