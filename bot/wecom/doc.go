// Package wecom speaks with WeCom (企业微信). No single product of the platform does the job, so the adapter
// joins three: the AI bot hears what mentions it in groups and what is said to it in private, and answers
// with buttons; one webhook robot per group really mentions people; the self-built app reaches each person
// in private and knows the directory. With some of the three it works with what it has.
//
// It knows conversations only; what is said in them is the service's business. Nothing of the platform
// leaves it but opaque ids, and no secret leaves it at all.
package wecom
