-------------------- MODULE BrokenLooseVirtualSynchrony --------------------
(***************************************************************************)
(* LooseVirtualSynchrony with too little: for LooseRemains, all that none  *)
(* of those who move together has taken is lost, their own as well.        *)
(***************************************************************************)
EXTENDS MCLooseVirtualSynchrony

NothingRemains(q, T) == {<<>>}
=============================================================================
