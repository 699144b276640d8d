package main

import (
	"fmt"
	"os"
	"strings"

	"fenghuo/config"
	"fenghuo/handlers/desk"
	"fenghuo/store"
)

type migrateCmd struct {
	Config string `required:"" type:"existingfile" help:"Configuration file."`
}

// Help shows how it is used.
func (migrateCmd) Help() string {
	return "Example:\n  fenghuo migrate --config /etc/fenghuo/config.yaml"
}

// Run migrates the database the configuration names.
func (c migrateCmd) Run(e *env) error {
	st, err := openConfigured(e, c.Config)
	if err != nil {
		return err
	}
	defer st.Close()
	if err := st.Migrate(e.ctx); err != nil {
		return err
	}
	v, err := st.SchemaVersion(e.ctx)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(e.stdout, "schema", v)
	return err
}

func openConfigured(e *env, file string) (*store.Store, error) {
	cfg, err := config.Load(file, environ())
	if err != nil {
		return nil, usage(err)
	}
	return store.Open(e.ctx, store.Config{URL: cfg.Database.URL.Reveal(), DataDir: cfg.DataDir, Now: e.now, Log: e.log})
}

type auditCmd struct {
	Verify auditVerifyCmd `cmd:"" help:"Check that the ledger's chain is whole and the registry is as it left it."`
	Export auditExportCmd `cmd:"" help:"Write the ledger as JSON lines, to be kept elsewhere and checked offline."`
}

// Help shows how it is used.
func (auditCmd) Help() string {
	return "Example:\n  fenghuo audit export --config config.yaml > ledger.jsonl && fenghuo audit verify --file ledger.jsonl"
}

type auditExportCmd struct {
	Config string `required:"" type:"existingfile" help:"Configuration file."`
}

// Help shows how it is used.
func (auditExportCmd) Help() string {
	return "Example:\n  fenghuo audit export --config /etc/fenghuo/config.yaml > ledger.jsonl"
}

// Run writes the ledger to standard output.
func (c auditExportCmd) Run(e *env) error {
	st, err := openConfigured(e, c.Config)
	if err != nil {
		return err
	}
	defer st.Close()
	return st.ExportLedger(e.ctx, e.stdout)
}

type auditVerifyCmd struct {
	Config string `type:"existingfile" xor:"source" required:"" help:"Configuration file: check the database it names."`
	File   string `type:"existingfile" xor:"source" required:"" help:"An exported ledger (JSON lines): check it offline."`
}

// Help shows how it is used.
func (auditVerifyCmd) Help() string {
	return "Examples:\n  fenghuo audit verify --config /etc/fenghuo/config.yaml\n  fenghuo audit verify --file ledger.jsonl\n\nExit codes: 0 the chain is whole and the registry as it left it; 1 not, with the first bad entry, or the incidents, named."
}

// Run checks the chain and names the first entry that does not fit.
func (c auditVerifyCmd) Run(e *env) error {
	report, err := c.verify(e)
	if err != nil {
		return err
	}
	if report.Why != "" {
		return fmt.Errorf("ledger broken at entry %d: %s", report.FirstBad, report.Why)
	}
	if c.Config != "" {
		if err := c.registry(e); err != nil {
			return err
		}
	}
	_, err = fmt.Fprintf(e.stdout, "ledger whole: %d entries, head %s\n", report.Entries, report.Head)
	return err
}

// registry holds what is registered against the ledger.
func (c auditVerifyCmd) registry(e *env) error {
	st, err := openConfigured(e, c.Config)
	if err != nil {
		return err
	}
	defer st.Close()
	changed, err := desk.Check(e.ctx, st)
	if err != nil {
		return err
	}
	if len(changed) > 0 {
		return fmt.Errorf("the registry is not as the ledger left it: %s", strings.Join(changed, ", "))
	}
	return nil
}

func (c auditVerifyCmd) verify(e *env) (store.VerifyReport, error) {
	if c.File != "" {
		f, err := os.Open(c.File)
		if err != nil {
			return store.VerifyReport{}, err
		}
		defer f.Close()
		return store.VerifyFile(f)
	}
	st, err := openConfigured(e, c.Config)
	if err != nil {
		return store.VerifyReport{}, err
	}
	defer st.Close()
	return st.Verify(e.ctx)
}
