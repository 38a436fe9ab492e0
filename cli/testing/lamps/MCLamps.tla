------------------------------ MODULE MCLamps -------------------------------
EXTENDS Lamps
Unguarded == lights' = <<TRUE, TRUE>>
NeverBoth == lights # <<TRUE, TRUE>>
=============================================================================
