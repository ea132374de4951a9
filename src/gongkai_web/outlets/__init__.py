"""Where does what is public hang, run and go out beside the portal?"""
