------------------------- MODULE BrokenWackamoleEVS -------------------------
(***************************************************************************)
(* Wackamole over EVS with one thing taken away.  For MayManage of         *)
(* Wackamole (W16): anybody may.                                           *)
(***************************************************************************)
EXTENDS MCWackamoleEVS

Anybody(isMature) == TRUE
=============================================================================
