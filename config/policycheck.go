package config

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"fenghuo/internal/incident"
	"fenghuo/internal/likeness"
	"fenghuo/internal/yamlfile"
)

// policyCheck finds what would make clocks stand still, or speak to nobody.
type policyCheck struct {
	where *yamlfile.Places
	errs  []error
}

func (c *policyCheck) wrong(is bool, key, format string, args ...any) {
	if is {
		c.errs = append(c.errs, fmt.Errorf("%s: %s: %s", c.where.Of("$."+key), key, fmt.Sprintf(format, args...)))
	}
}

func checkPolicy(p *incident.Policy, where *yamlfile.Places) error {
	c := &policyCheck{where: where}
	c.wrong(p.Name == "", "name", "missing; give the policy a name of its own")
	c.wrong(p.OutageAfter <= 0, "outage_after", "missing; write 3m")
	c.wrong(p.ReachWithin <= 0, "reach_within", "missing; write 1h")
	c.wrong(p.ProvisionalFor <= 0, "provisional_for", "missing; write 2h")
	c.wrong(p.DebriefRemind.IsZero(), "debrief_remind", "missing; write 9h")
	c.wrong(p.Appeal.Workdays <= 0, "appeal", "missing; write 5wd")
	a := p.Alike
	c.wrong(a != incident.AlikePolicy{} && (a.From < likeness.Least || a.From > 100 || a.Within <= 0), "alike", "write {from: 50, within: 72h}; from may be %d to 100; leave alike out and nobody is asked", likeness.Least)
	c.wrong(p.QuietFrom == p.QuietTo, "quiet_from", "the quiet hours are empty; write quiet_from \"22:00\" and quiet_to \"08:00\"")
	for _, l := range incident.Levels() {
		c.level("levels."+l.String(), p.Levels[l])
	}
	for n, s := range p.Suggestions {
		at := fmt.Sprintf("suggest[%d]", n)
		c.wrong(!s.Level.Valid() && s.Step == 0, at+".level", "missing; write I, II, III or IV, or step: 1")
		c.wrong(s.Reason == "", at+".reason", "missing; write what the reporter is told")
	}
	return errors.Join(c.errs...)
}

func (c *policyCheck) level(at string, lp incident.LevelPolicy) {
	if lp.Time == "" && lp.FirstReport.IsZero() && len(lp.Ladder) == 0 {
		c.wrong(true, at, "missing; write all four levels, or base: default-v1")
		return
	}
	c.wrong(lp.Time != incident.Wall && lp.Time != incident.Work, at+".time", "%q: write wall or work", lp.Time)
	c.wrong(!slices.Contains([]incident.Anchor{"", incident.FromFound, incident.FromOccurred}, lp.FirstReportFrom), at+".first_report_from", "%q: write found or occurred", lp.FirstReportFrom)
	c.wrong(!slices.Contains([]incident.QuietRule{"", incident.QuietIgnored, incident.QuietDefer, incident.QuietAll}, lp.Quiet), at+".quiet", "%q: write ignore, defer or all", lp.Quiet)
	for _, limit := range []struct {
		key  string
		span incident.Span
	}{
		{"first_report", lp.FirstReport}, {"elements", lp.Elements}, {"ack", lp.Ack}, {"verify_first", lp.VerifyFirst},
		{"verify_full", lp.VerifyFull}, {"material", lp.Material}, {"final", lp.Final},
	} {
		c.wrong(limit.span.IsZero(), at+"."+limit.key, "missing; write 15m, 4h, 4wh (working hours) or 3wd (working days)")
	}
	c.wrong(lp.Calm <= 0, at+".calm", "missing; write 24h")
	c.wrong(len(lp.FollowUp.Fixed) == 0 && lp.FollowUp.Every == 0, at+".follow_up", "neither every nor fixed; write {fixed: [\"17:00\"]}")
	c.wrong(lp.FollowUp.Every > 0 && lp.FollowUp.Every < time.Minute, at+".follow_up.every", "at least one minute")
	for n, about := range lp.Chase {
		c.wrong(!slices.Contains(incident.Chaseable, about), fmt.Sprintf("%s.chase[%d]", at, n), "%q: write one of %s", about, strings.Join(incident.Chaseable, ", "))
	}
	c.wrong(lp.DebriefMust && lp.Debrief.IsZero(), at+".debrief", "missing; write 10wd, or debrief_must: false")
	c.ladder(at+".ladder", lp.Ladder)
}

func (c *policyCheck) ladder(at string, steps []incident.Step) {
	c.wrong(len(steps) == 0, at, "missing; write at least one step")
	var last incident.Span
	for n, s := range steps {
		step := fmt.Sprintf("%s[%d]", at, n)
		c.wrong(len(s.Tell) == 0, step+".tell", "nobody; write [officer], [backup, head] …")
		c.wrong(s.Digest && n < len(steps)-1, step+".digest", "only the last step can wait for the digest")
		if s.Digest {
			continue
		}
		c.wrong(s.After.IsZero(), step+".after", "missing; write 15m")
		c.wrong(s.After.Workdays == 0 && last.Workdays == 0 && s.After.Work == last.Work && s.After.D > 0 && s.After.D <= last.D, step+".after", "not later than the step before it")
		last = s.After
	}
}
